"""Drafts: written by several, approved by somebody else, published now or on a day, and taken back."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from townhall.kernel.cases.tests.factories import Council
from townhall.kernel.identity.models import Change as StaffChange
from townhall.kernel.notify.models import Letter
from townhall.kernel.outbox.models import Event
from townhall.residents.editor import actions, selectors
from townhall.residents.editor.models import Draft, State
from townhall.residents.editor.permissions import may_approve, may_edit
from townhall.residents.editor.rules.parts import Part, mark
from townhall.residents.editor.rules.yaml_files import CannotChange
from townhall.residents.editor.tests.factories import (
    NOON,
    address,
    browser,
    draft,
    files,
    published,
    words_of,
)
from townhall.residents.services import selectors as services
from townhall.residents.services.models import Version

pytestmark = pytest.mark.django_db
README = Part("README.md")


def write(found: Draft, by: Any, text: str = "more", file: str = "README.md", seen: str | None = None) -> Draft:
    """Add a text to a file."""
    known = Draft.objects.get(pk=found.pk)
    return actions.change(
        draft_id=found.pk, part=Part(file), seen=mark(known.files, Part(file)) if seen is None else seen,
        make=lambda held: dict(held) | {file: held.get(file, "") + text}, what="file", about=file, by=by, at=NOON,
    )  # fmt: skip


def ask(found: Draft, by: Any, on: Any = None) -> Draft:
    """Ask for review."""
    return actions.ask_for_review(draft_id=found.pk, publish_on=on, by=by, at=NOON)


def approve(found: Draft, by: Any, on: Any = None, **other: Any) -> Any:
    """Approve what is there now."""
    known = Draft.objects.get(pk=found.pk)
    told = {"number": known.number, "live": actions.live_hash(known.slug)} | other
    return actions.approve(draft_id=found.pk, publish_on=on, by=by, at=NOON, **told)


def test_a_new_service_begins_whole(council: Council) -> None:
    found = selectors.examined(draft(council.officer))
    assert found.problems == ()
    assert found.package is not None
    assert found.package.service.name.en == "Skips"
    assert found.package.service.owner == "street_scene"


def test_there_is_one_draft_of_a_service_at_a_time(council: Council) -> None:
    one = draft(council.officer)
    with pytest.raises(actions.Taken) as taken:
        draft(council.manager)
    assert taken.value.draft == one
    actions.drop(draft_id=one.pk, by=council.officer, at=NOON)
    assert draft(council.manager).pk != one.pk


def test_every_change_is_kept_with_who_and_when_and_what_stood_before(council: Council) -> None:
    found = draft(council.officer)
    write(found, council.manager, "\nMore.")
    change = selectors.history_of(found)[0]
    assert (change.number, change.by, change.at) == (1, council.manager, NOON)
    before, after = change.files["README.md"]
    assert after == before + "\nMore."


def test_two_who_change_the_same_part_are_told_of_each_other(council: Council) -> None:
    found = draft(council.officer)
    seen = mark(found.files, README)
    write(found, council.officer, "first", seen=seen)
    with pytest.raises(actions.Clash) as clash:
        write(found, council.manager, "second", seen=seen)
    assert clash.value.last is not None
    assert clash.value.last.by == council.officer
    assert "second" not in Draft.objects.get(pk=found.pk).files["README.md"]
    write(found, council.manager, "second", seen=clash.value.mark)
    assert Draft.objects.get(pk=found.pk).files["README.md"].endswith("firstsecond")


def test_two_who_change_different_files_lose_nothing(council: Council) -> None:
    found = draft(council.officer)
    one, other = mark(found.files, README), mark(found.files, Part("form.yaml"))
    write(found, council.officer, "first", seen=one)
    write(found, council.manager, "\n# second", file="form.yaml", seen=other)
    kept = Draft.objects.get(pk=found.pk).files
    assert kept["README.md"].endswith("first")
    assert kept["form.yaml"].endswith("# second")


def test_changes_are_taken_back_one_after_another(council: Council) -> None:
    found = draft(council.officer)
    begun = dict(found.files)
    write(found, council.officer, "1")
    write(found, council.officer, "2")
    write(found, council.officer, "x", file="letters/new.md")
    assert not actions.undo(draft_id=found.pk, number=1, by=council.officer, at=NOON)
    for number in (3, 2, 1):
        assert actions.undo(draft_id=found.pk, number=number, by=council.manager, at=NOON)
    kept = Draft.objects.get(pk=found.pk)
    assert kept.files == begun
    assert kept.number == 6
    assert actions.last_change(kept) is None


def test_a_change_that_no_folder_may_hold_is_refused_and_nothing_is_kept(council: Council) -> None:
    found = draft(council.officer)
    for file, text in (("../x.yaml", "a"), ("README.md", "x" * 1_000_001), ("README.md", "\0")):
        with pytest.raises(CannotChange):
            write(found, council.officer, text, file=file)
    assert Draft.objects.get(pk=found.pk).number == 0


def test_what_has_mistakes_is_not_put_before_a_colleague(council: Council) -> None:
    found = draft(council.officer)
    write(found, council.officer, "\n(((", file="form.yaml")
    with pytest.raises(actions.NotWhole):
        ask(found, council.officer)


def test_a_second_officer_approves_and_residents_begin_on_it(council: Council) -> None:
    published()
    before = actions.live_hash("skips")
    found = draft(council.officer)
    write(found, council.officer)
    ask(found, council.officer)
    assert approve(found, council.manager).is_live
    live = services.live_version("skips")
    assert live is not None
    assert live.hash != before
    assert live.published_by == council.manager
    assert Version.objects.filter(slug="skips").count() == 2


@pytest.mark.parametrize("how", ["began", "wrote", "asked", "undid"])
def test_nobody_approves_what_they_wrote_or_asked_for(council: Council, how: str) -> None:
    boss = council.manager
    found = draft(boss if how == "began" else council.officer)
    write(found, boss if how == "wrote" else council.officer)
    if how == "undid":
        actions.undo(draft_id=found.pk, number=1, by=boss, at=NOON)
        write(found, council.officer)
    ask(found, boss if how == "asked" else council.officer)
    with pytest.raises(PermissionDenied):
        approve(found, boss)
    assert actions.live_hash("skips") == ""
    assert approve(found, council.administrator).is_live


@pytest.mark.parametrize("who", ["officer", "other_officer", "call_handler", "partner", "resident"])
def test_others_do_not_approve(council: Council, who: str) -> None:
    found = draft(council.administrator)
    ask(found, council.administrator)
    with pytest.raises(PermissionDenied):
        approve(found, getattr(council, who))
    with pytest.raises(PermissionDenied):
        actions.send_back(draft_id=found.pk, reason="No", by=getattr(council, who), at=NOON)


def test_nobody_changes_what_waits_for_review(council: Council) -> None:
    found = draft(council.officer)
    ask(found, council.officer)
    with pytest.raises(actions.Frozen):
        write(found, council.officer)
    actions.take_back(draft_id=found.pk, by=council.officer, at=NOON)
    write(found, council.officer)


def test_a_draft_is_sent_back_with_a_reason(council: Council) -> None:
    found = draft(council.officer)
    ask(found, council.officer)
    actions.send_back(draft_id=found.pk, reason="The fee is missing.", by=council.manager, at=NOON)
    known = Draft.objects.get(pk=found.pk)
    assert (known.state, known.reason) == (State.OPEN, "The fee is missing.")


def test_those_who_may_approve_are_written_to_and_whoever_asked_hears_the_answer(
    council: Council, relay: Callable[[], Any]
) -> None:
    found = draft(council.manager)
    ask(found, council.manager)
    relay()
    wanted = Letter.objects.filter(kind="service_review_asked")
    assert [each.person for each in wanted] == [council.administrator]
    assert "/work/services/" in str(wanted.get().blocks)
    actions.send_back(draft_id=found.pk, reason="The fee is missing.", by=council.administrator, at=NOON)
    relay()
    assert Letter.objects.get(kind="service_draft_back").person == council.manager
    ask(found, council.manager)
    approve(found, council.administrator, NOON.date() + timedelta(days=3))
    relay()
    assert "Friday 15 May" in str(Letter.objects.get(kind="service_draft_approved").blocks)
    assert wanted.count() == 1


def test_work_that_reaches_nobody_here_is_shown_before_it_is_approved_and_kept_with_who_did_it_all_the_same(
    council: Council,
) -> None:
    other = files()["service.yaml"].replace("street_scene", "elves").replace("Street Scene", "Elves")
    steps = files()["process.yaml"].replace("street_scene", "elves")
    found = draft(council.manager, NOON, "skips", **{"service.yaml": other, "process.yaml": steps})
    ask(found, council.manager)
    client, page = browser(council.administrator), address("review", found)
    assert "No team here is called elves." in words_of(client.get(page))
    sent = {"_do": "approve", "_number": "0", "_live": "", "publish_on": ""}
    answer = client.post(address("decide", found), sent)
    assert answer.status_code == 422
    assert "Tick this, or send the draft back" in words_of(answer)
    wrong = client.post(address("decide", found), sent | {"anyway": "on", "publish_on": "soon"})
    assert wrong.status_code == 422
    assert re.search(r'id="id_anyway"[^>]* checked', wrong.content.decode())
    assert actions.live_hash("skips") == ""
    with pytest.raises(actions.ReachesNobody):
        approve(found, council.administrator)
    assert client.post(address("decide", found), sent | {"anyway": "on"}).status_code == 302
    noted = StaffChange.objects.filter(what="service: skips", by=council.administrator).latest("pk")
    assert noted.after["reaches nobody"] == ["No team here is called elves."]


def test_only_what_was_compared_is_approved(council: Council) -> None:
    found = draft(council.officer)
    ask(found, council.officer)
    for other in ({"number": 7}, {"live": "another"}):
        with pytest.raises(actions.Frozen):
            approve(found, council.manager, **other)


def test_a_version_is_published_on_its_day(council: Council) -> None:
    found, day = draft(council.officer), NOON.date() + timedelta(days=3)
    ask(found, council.officer, day)
    assert not approve(found, council.manager, day).is_live
    assert actions.publish_due(NOON + timedelta(days=2)) == 0
    assert actions.live_hash("skips") == ""
    assert actions.publish_due(NOON + timedelta(days=3)) == 1
    assert actions.live_hash("skips") != ""
    assert actions.publish_due(NOON + timedelta(days=3)) == 0
    assert Draft.objects.get(pk=found.pk).state == State.PUBLISHED


def test_a_planned_version_that_was_overtaken_goes_back(council: Council) -> None:
    found, day = draft(council.officer), NOON.date() + timedelta(days=3)
    write(found, council.officer)
    ask(found, council.officer, day)
    approve(found, council.manager, day)
    published()
    assert actions.publish_due(NOON + timedelta(days=3)) == 0
    known = Draft.objects.get(pk=found.pk)
    assert (known.state, known.reason, known.approved_by) == (State.OPEN, "overtaken", None)


def test_going_back_makes_an_earlier_version_live_again(council: Council) -> None:
    first = published()
    second = published(NOON, **{"README.md": files()["README.md"] + "More.\n"})
    start = selectors.find_start("skips", first.hash)
    assert start is not None
    found = actions.begin(slug="skips", files=start.files, base=start.base, by=council.officer, at=NOON)
    ask(found, council.officer)
    approve(found, council.manager)
    live = services.live_version("skips")
    assert live is not None
    assert live.pk == first.pk
    assert not Version.objects.get(pk=second.pk).is_live


def test_reviews_are_in_the_list_of_what_staff_changed_and_told_as_events(council: Council) -> None:
    found = draft(council.officer)
    ask(found, council.officer)
    approve(found, council.manager)
    noted = list(StaffChange.objects.filter(what="service: skips").order_by("pk").values_list("by__name", flat=True))
    assert noted == [council.officer.name, council.officer.name, council.manager.name]
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"editor.review_asked.v1", "editor.draft_approved.v1", "services.version_published.v1"} <= kinds


def test_officers_write_the_services_of_their_own_team(council: Council) -> None:
    found = draft(council.manager)
    may = {
        who: may_edit(getattr(council, who), found) for who in ("officer", "other_officer", "manager", "administrator")
    }
    assert may == {"officer": True, "other_officer": False, "manager": True, "administrator": True}
    for who in ("call_handler", "partner", "resident"):
        assert not may_edit(getattr(council, who), found)
        assert not may_edit(getattr(council, who), None)
    assert may_approve(council.manager, None)
    assert not may_approve(council.officer, None)
