"""Publishing services, finding them, and what is held about people."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client

from townhall.kernel.authority import selectors as authority
from townhall.kernel.authority.models import Authority
from townhall.kernel.cases.models import Case
from townhall.kernel.catalogue.packages.reading import read, read_files
from townhall.kernel.catalogue.packages.shelf import SHELF
from townhall.kernel.identity.models import Change
from townhall.residents.services import actions, selectors
from townhall.residents.services.holdings import empty_applications, find_begun, find_sent, old_applications
from townhall.residents.services.models import Application, Version
from townhall.residents.services.selectors import shelf
from townhall.residents.services.tests import factories

pytestmark = pytest.mark.django_db


def test_one_version_is_live_and_publishing_again_changes_nothing(at: datetime) -> None:
    first = factories.grant(at)
    assert factories.grant(at).pk == first.pk
    second = factories.changed(at)
    assert list(Version.objects.filter(is_live=True)) == [second]
    assert factories.grant(at).is_live, "what was live once can be again"


def test_a_version_needs_no_folder_once_it_is_published(at: datetime) -> None:
    version = factories.grant(at)
    shelf._compiled.cache_clear()  # pyright: ignore[reportPrivateUsage]
    assert selectors.package(version).form.title.cy == "Grant blaen siop"


def test_the_whole_shelf_is_published(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("package_publish", "--all", "--anyway")
    said = capsys.readouterr()
    assert "missed_bin" in said.out
    assert "missed_bin: No team here is called waste." in said.err
    assert Version.objects.filter(slug="missed_bin", is_live=True).exists()


def test_nothing_is_published_until_somebody_here_is_each_team(council: Any) -> None:
    told = r"No team here is called waste\.\nNothing is published.*: fellside, parks, street_scene\.\n.*--anyway"
    with pytest.raises(CommandError, match=told):
        call_command("package_publish", "missed_bin")
    assert not Version.objects.exists()
    council.parks.code = "waste"
    council.parks.save()
    call_command("package_publish", "missed_bin")
    assert Version.objects.get().is_live


def test_a_step_whose_skills_nobody_of_its_team_has_is_told_and_a_team_without_shifts_takes_anything(
    council: Any,
) -> None:
    files = dict(read(factories.FOLDER).files)
    files["process.yaml"] = files["process.yaml"].replace(b"task: {who:", b"task: {skills: [lifting], who:")
    held = read_files("grant", files)
    who = next(node.task.who for node in held.process.nodes.values() if node.task)
    council.parks.code = who.replace("_", "-")
    council.parks.save()

    def told() -> list[tuple[str, ...]]:
        return [each.skills for each in selectors.unmet(held) if each.step]

    assert told() == []
    worker = apps.get_model("rota", "Worker").objects.create(person=council.other_officer, skills=["driving"])
    assert ("lifting",) in told()
    worker.skills = ["driving", "lifting"]
    worker.save()
    assert told() == []
    council.parks.membership_set.all().delete()
    assert f"Nobody is in the team {who}." in [each.said for each in selectors.unmet(held)]


def test_what_the_command_line_publishes_is_in_the_list_of_what_staff_changed(council: Any) -> None:
    call_command("package_publish", "missed_bin", "--anyway")
    noted = Change.objects.get(what="service: missed_bin")
    assert noted.by is None
    assert noted.after["published"] == "at the command line"
    assert noted.after["reaches nobody"] == ["No team here is called waste."]


def move_to_scotland() -> None:
    """Put this council into Scotland."""
    Authority.objects.filter(is_ours=True).update(nation="scotland")
    authority.forget()


@pytest.mark.usefixtures("council")
def test_a_service_of_other_nations_is_not_published_here_and_is_left_out_of_the_shelf(
    at: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    move_to_scotland()
    told = "service for England and Wales, and this council is in Scotland: the law is another"
    with pytest.raises(CommandError, match=told):
        call_command("package_publish", "temporary_event_notice", "--anyway")
    with pytest.raises(actions.Elsewhere, match=told):
        actions.publish(package=read(SHELF / "temporary_event_notice"), at=at)
    assert not Version.objects.exists()
    call_command("package_publish", "--all", "--anyway")
    assert told in capsys.readouterr().err
    slugs = {each.slug for each in Version.objects.all()}
    assert "complaint" in slugs
    assert not slugs & {"temporary_event_notice", "single_person_discount", "blue_badge"}


def test_a_service_whose_law_is_not_that_of_the_council_is_offered_to_nobody(
    council: Any, at: datetime, client: Client
) -> None:
    version = actions.publish(package=read(SHELF / "temporary_event_notice"), at=at)
    move_to_scotland()
    page = client.get(f"/services/{version.slug}/")
    assert "This service does not exist here" in page.content.decode()
    assert "Start now" not in page.content.decode()
    assert client.post(f"/services/{version.slug}/").status_code == 409
    assert not Application.objects.exists()
    assert selectors.search("event") == []
    assert client.get(f"/api/1/services/{version.slug}").status_code == 404


def test_a_service_that_is_not_there_is_not_published() -> None:
    with pytest.raises(CommandError, match="no_such"):
        call_command("package_publish", "no_such")


@pytest.mark.parametrize("text", ["shop", "grant", "front grant", "siop", "Blaen", "repair"])
def test_a_service_is_found_by_its_words_in_either_language(at: datetime, text: str) -> None:
    factories.grant(at)
    assert [each.slug for each in selectors.search(text)] == ["grant"]


def test_the_front_page_finds_services(council: Any, at: datetime) -> None:
    factories.grant(at)
    assert 'href="/services/grant/"' in Client().get("/search/?q=shop+front").content.decode()


def test_nothing_found_says_what_to_do_next(council: Any) -> None:
    assert "Nothing can be applied for online yet" in Client().get("/services/").content.decode()
    assert Client().get("/services/no_such/").status_code == 404


def test_what_was_sent_is_in_a_copy_of_what_we_hold_and_is_forgotten_in_time(council: Any, at: datetime) -> None:
    factories.grant(at)
    browser = Client()
    browser.force_login(council.resident)
    application = factories.begin(browser)
    assert len(find_begun(council.resident)) == 1
    factories.fill(browser, application)
    browser.post(f"/services/application/{application.pk}/check/")
    record, told, decided = find_sent(council.resident)
    assert "14 Hope Street" in str(record.values)
    assert "three quarters" in str(told.values)
    assert decided.is_internal
    assert not old_applications(at).exists()
    Case.objects.filter(pk=application.pk).update(status="closed", closed_at=at)
    ends = at + timedelta(days=application.version.kept_days)
    assert not old_applications(ends).exists()
    assert old_applications(ends + timedelta(seconds=1)).count() == 1
    assert empty_applications([application.pk]) == 1
    assert Application.objects.get(pk=application.pk).answers == {}
