"""Services as folders that a council keeps in git: pulled, changed, pushed; nothing is lost, and nothing leads out."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from townhall.kernel.cases.tests.factories import Council
from townhall.kernel.catalogue.packages.reading import read, read_files
from townhall.kernel.catalogue.packages.shelf import SHELF
from townhall.kernel.identity.models import Change, Membership
from townhall.residents.editor import actions
from townhall.residents.editor.actions import Done, Way
from townhall.residents.editor.models import Draft
from townhall.residents.editor.tests.factories import NOON, draft, files, published
from townhall.residents.services import actions as published_actions
from townhall.residents.services import selectors as services
from townhall.residents.services.models import Version
from townhall.residents.services.tests import factories

pytestmark = pytest.mark.django_db
PUBLISH, FORCE = Way(publish=True), Way(force=True)
REVIEWED = Way(publish=True, reviewed="merge request 12, Sam Rees")


@pytest.fixture
def live(council: Council) -> Version:
    """A service that residents use."""
    return factories.grant(NOON)


def files_in(folder: Path) -> dict[str, bytes]:
    """The files of a folder."""
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def whole_service() -> Version:
    """One of the shelf, with examples, published."""
    return published_actions.publish(package=read(SHELF / "missed_bin"), at=NOON)


def push(folder: Path, by: Any, **more: Any) -> list[Done]:
    """Take a folder in."""
    return actions.push(folder, by=by, at=NOON, **more)


def test_what_is_pulled_is_what_was_published_byte_for_byte(live: Version, tmp_path: Path) -> None:
    assert actions.pull(tmp_path) == [Done("grant", "pulled")]
    assert files_in(tmp_path / "grant") == files_in(factories.FOLDER)
    assert actions.pull(tmp_path) == [Done("grant", "same")]


def test_what_was_changed_in_the_folder_is_not_written_over(live: Version, tmp_path: Path) -> None:
    actions.pull(tmp_path)
    (tmp_path / "grant" / "README.md").write_text("# Ours\n")
    factories.changed(NOON)
    assert "changed here since" in actions.pull(tmp_path)[0].why
    assert (tmp_path / "grant" / "README.md").read_text() == "# Ours\n"
    assert actions.pull(tmp_path, force=True)[0].what == "pulled"
    assert b"What are you called?" in (tmp_path / "grant" / "form.yaml").read_bytes()


def test_a_newer_version_is_pulled_over_what_was_not_touched_and_what_is_gone_goes(tmp_path: Path) -> None:
    found = whole_service()
    actions.pull(tmp_path)
    gone = next(iter((tmp_path / "missed_bin" / "examples").iterdir()))
    files = {path: content.encode() for path, content in found.files.items() if path != f"examples/{gone.name}"}
    published_actions.publish(package=read_files("missed_bin", files), at=NOON)
    assert actions.pull(tmp_path)[0].what == "pulled"
    assert not gone.exists()


def test_a_folder_comes_in_as_a_draft_that_others_can_look_at(live: Version, council: Council, tmp_path: Path) -> None:
    actions.pull(tmp_path)
    assert push(tmp_path, council.manager) == [Done("grant", "same")]
    (tmp_path / "grant" / "README.md").write_text("# Ours\n")
    assert push(tmp_path, council.manager) == [Done("grant", "draft")]
    found = Draft.objects.get(slug="grant")
    assert (found.files["README.md"], found.base, found.begun_by) == ("# Ours\n", live.hash, council.manager)
    assert push(tmp_path, council.manager) == [Done("grant", "same")]
    assert services.live_version("grant") == live


def test_a_draft_of_somebody_else_is_written_over_only_by_force_and_can_be_undone(
    live: Version, council: Council, tmp_path: Path
) -> None:
    draft(council.officer)
    actions.pull(tmp_path, drafts=True)
    slug = Draft.objects.get().slug
    assert (tmp_path / slug / "service.yaml").exists()
    (tmp_path / slug / "README.md").write_text("# Ours\n")
    assert "writes in a draft" in push(tmp_path, council.manager, slugs=[slug])[0].why
    assert push(tmp_path, council.manager, slugs=[slug], way=FORCE)[0].what == "draft"
    assert Draft.objects.get().changes.get().by == council.manager


def test_another_live_version_than_the_one_that_was_pulled_is_a_conflict(
    live: Version, council: Council, tmp_path: Path
) -> None:
    actions.pull(tmp_path)
    (tmp_path / "grant" / "README.md").write_text("# Ours\n")
    factories.changed(NOON)
    assert "Another version is live" in push(tmp_path, council.manager)[0].why
    assert not Draft.objects.exists()
    assert push(tmp_path, council.manager, way=FORCE)[0].what == "draft"


def ours(council: Council, folder: Path) -> str:
    """Missed bins, whose teams are all here, pulled and changed in the folder."""
    council.parks.code = "waste"
    council.parks.save()
    readme = f"{whole_service().files['README.md']}\nOurs.\n"
    actions.pull(folder)
    (folder / "missed_bin" / "README.md").write_text(readme)
    return readme


def live_readme() -> str:
    """What residents' version says of itself."""
    found = services.live_version("missed_bin")
    return (services.files_of("missed_bin", found.hash) or {})["README.md"] if found else ""


def test_what_is_pushed_to_be_published_waits_for_a_second_officer(council: Council, tmp_path: Path) -> None:
    readme = ours(council, tmp_path)
    assert push(tmp_path, council.manager, way=PUBLISH) == [Done("missed_bin", "asked")]
    assert live_readme() != readme
    found = Draft.objects.get(slug="missed_bin", state="asked")
    assert found.asked_by == council.manager
    assert push(tmp_path, council.manager, way=PUBLISH) == [Done("missed_bin", "asked")]
    told = {"number": found.number, "live": actions.live_hash("missed_bin"), "publish_on": None, "at": NOON}
    with pytest.raises(PermissionDenied):
        actions.approve(draft_id=found.pk, by=council.manager, **told)
    assert actions.approve(draft_id=found.pk, by=council.administrator, **told).is_live
    assert live_readme() == readme


def test_a_review_in_git_is_the_second_pair_of_eyes_where_it_is_said_and_kept(council: Council, tmp_path: Path) -> None:
    readme = ours(council, tmp_path)
    with pytest.raises(PermissionDenied):
        push(tmp_path, council.officer, way=REVIEWED)
    assert push(tmp_path, council.manager, way=REVIEWED) == [Done("missed_bin", "published")]
    assert live_readme() == readme
    noted = Change.objects.get(what="service: missed_bin", by=council.manager)
    assert noted.after["reviewed in git"] == "merge request 12, Sam Rees"
    (tmp_path / "missed_bin" / "process.yaml").write_text("states: 7\n")
    for way in (PUBLISH, REVIEWED):
        assert "mistakes" in push(tmp_path, council.manager, way=replace(way, force=True))[0].why
    assert not Draft.objects.exists()


def test_work_that_reaches_nobody_is_told_and_published_only_where_that_is_said(
    council: Council, tmp_path: Path
) -> None:
    ours(council, tmp_path)
    Membership.objects.filter(team=council.parks).delete()
    assert "Nobody is in the team waste." in push(tmp_path, council.manager, way=REVIEWED)[0].why
    assert push(tmp_path, council.manager, way=replace(REVIEWED, anyway=True))[0].what == "published"
    noted = Change.objects.get(what="service: missed_bin", by=council.manager)
    assert noted.after["reaches nobody"] == ["Nobody is in the team waste."]


def test_only_whoever_may_write_a_service_pushes_it(live: Version, council: Council, tmp_path: Path) -> None:
    actions.pull(tmp_path)
    (tmp_path / "grant" / "README.md").write_text("# Ours\n")
    for who in (council.partner, council.resident):
        with pytest.raises(PermissionDenied):
            push(tmp_path, who)
    assert push(tmp_path, council.officer) == [Done("grant", "conflict", "You may not write this service.")]
    assert not Draft.objects.exists()


def test_one_service_that_is_not_theirs_keeps_no_other_from_coming_in(
    live: Version, council: Council, tmp_path: Path
) -> None:
    published()
    actions.pull(tmp_path)
    for slug in ("grant", "skips"):
        (tmp_path / slug / "README.md").write_text("# Ours\n")
    found = push(tmp_path, council.officer)
    assert [(each.slug, each.what) for each in found] == [("grant", "conflict"), ("skips", "draft")]
    assert Draft.objects.get().slug == "skips"


def test_nobody_asks_for_the_review_of_a_draft_that_is_not_theirs(council: Council, tmp_path: Path) -> None:
    published()
    actions.pull(tmp_path)
    found = draft(council.officer, NOON, **{"README.md": f"{files()['README.md']}\nMore.\n"})
    (tmp_path / "skips" / "README.md").write_text(found.files["README.md"])
    assert push(tmp_path, council.other_officer, way=PUBLISH)[0].why == "You may not write this service."
    assert Draft.objects.get(pk=found.pk).is_open
    assert push(tmp_path, council.officer, way=PUBLISH)[0].what == "asked"


def let_out(council: Council, on: date | None = None) -> Draft:
    """What waits for a second officer, approved."""
    found = Draft.objects.get(slug="missed_bin", state="asked")
    told = {"number": found.number, "live": actions.live_hash("missed_bin"), "publish_on": on, "at": NOON}
    actions.approve(draft_id=found.pk, by=council.administrator, **told)
    return found


def test_a_folder_that_was_pushed_and_approved_is_written_on_and_pushed_again(
    council: Council, tmp_path: Path
) -> None:
    readme, file = ours(council, tmp_path), tmp_path / "missed_bin" / "README.md"
    for number in range(2):
        assert push(tmp_path, council.manager, way=PUBLISH) == [Done("missed_bin", "asked")]
        assert "changed here since" in actions.pull(tmp_path)[0].why
        let_out(council)
        readme = f"{readme}\nAgain, {number}.\n"
        file.write_text(readme)
    assert push(tmp_path, council.manager) == [Done("missed_bin", "draft")]
    Draft.objects.filter(state="open").update(state="dropped")
    newer = {path: text.encode() for path, text in whole_service().files.items()}
    newer["README.md"] += b"\nTheirs.\n"
    published_actions.publish(package=read_files("missed_bin", newer), at=NOON)
    assert "Another version is live" in push(tmp_path, council.manager)[0].why


def test_a_folder_that_is_live_as_it_was_pushed_takes_a_newer_version(council: Council, tmp_path: Path) -> None:
    ours(council, tmp_path)
    assert push(tmp_path, council.manager, way=REVIEWED)[0].what == "published"
    whole_service()
    assert actions.pull(tmp_path) == [Done("missed_bin", "pulled")]


def test_what_is_approved_for_a_day_is_told_as_planned(council: Council, tmp_path: Path) -> None:
    ours(council, tmp_path)
    push(tmp_path, council.manager, way=PUBLISH)
    let_out(council, NOON.date() + timedelta(days=3))
    assert push(tmp_path, council.manager, way=PUBLISH) == [Done("missed_bin", "planned")]


def test_links_and_strange_files_are_refused_in_both_directions(
    live: Version, council: Council, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    root = tmp_path / "services"
    root.mkdir()
    (root / "grant").symlink_to(outside)
    assert "no folder of its own" in actions.pull(root, force=True)[0].why
    assert push(root, council.manager)[0].what == "conflict"
    assert not list(outside.iterdir())
    (root / "grant").unlink()
    actions.pull(root)
    (root / "grant" / "letters" / "received.md").unlink()
    (root / "grant" / "letters" / "received.md").symlink_to("/etc/hostname")
    assert "This is a link" in push(root, council.manager)[0].why
    assert "This is a link" in actions.pull(root, force=True)[0].why
    (root / "grant" / "letters" / "received.md").unlink()
    (root / "grant" / "run.py").write_text("print(1)")
    assert "no place for this file" in push(root, council.manager)[0].why
    (root / "grant" / "run.py").unlink()
    (root / "grant" / "README.md").write_bytes(b"x" * 1_000_001)
    assert "larger than" in push(root, council.manager)[0].why


def test_the_commands_say_what_came_of_each_service(
    live: Version, council: Council, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("package_pull", str(tmp_path))
    assert "grant: pulled" in capsys.readouterr().out
    (tmp_path / "grant" / "README.md").write_text("# Ours\n")
    call_command("package_push", str(tmp_path), "--as", council.manager.email, "--json")
    assert json.loads(capsys.readouterr().out) == [{"service": "grant", "what": "draft", "why": ""}]
    factories.changed(NOON)
    with pytest.raises(CommandError, match="1 of 1 services were left"):
        call_command("package_pull", str(tmp_path))
    with pytest.raises(CommandError, match="Nobody here has the address"):
        call_command("package_push", str(tmp_path), "--as", "nobody@example.org")
    with pytest.raises(CommandError, match="no service 'nothing'"):
        call_command("package_pull", str(tmp_path), "nothing")
    with pytest.raises(CommandError, match="say --publish too"):
        call_command("package_push", str(tmp_path), "--as", council.manager.email, "--reviewed-in-git", "MR 12")
