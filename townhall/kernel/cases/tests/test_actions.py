from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from townhall.kernel.cases import actions, rules
from townhall.kernel.cases.models import Case, Entry
from townhall.kernel.cases.tests import factories
from townhall.kernel.outbox.models import Event

pytestmark = pytest.mark.django_db


def entries(case):
    return Entry.objects.filter(case=case)


def test_a_case_is_routed_with_its_reason_when_it_is_opened(council, at):
    case = factories.case()
    assert case.team == council.street_scene
    assert case.routed_by["reason"] == "It is street cleaning, which Street Scene does."
    assert [entry.kind for entry in entries(case)] == ["received", "routed"]


def test_the_promise_runs_out_at_the_close_of_the_third_working_day(council, at):
    case = factories.case(target_days=3)
    assert case.due_at.isoformat() == "2026-05-15T17:00:00+01:00"


def test_opening_the_same_case_twice_gives_one_case(council, at):
    first = factories.case()
    again = factories.case(case_id=first.pk)
    assert again.pk == first.pk
    assert Case.objects.count() == 1


def test_every_write_publishes_in_its_transaction(council, at):
    case = factories.case()
    actions.resolve(case_id=case.pk, outcome="fixed", by=council.officer, at=at, text="Cleared.")
    kinds = list(Event.objects.filter(case_id=case.pk).order_by("number").values_list("kind", flat=True))
    assert kinds == ["cases.case_opened.v1", "cases.case_routed.v1", "cases.case_resolved.v1"]


def test_nothing_is_published_when_the_write_fails(council, at):
    case = factories.case()
    before = Event.objects.count()
    with pytest.raises(rules.StatusRefused):
        actions.resume(case_id=case.pk, by=council.officer, at=at)
    assert Event.objects.count() == before


def test_a_stale_page_cannot_overwrite_what_somebody_else_did(council, at):
    case = factories.case()
    actions.assign(case_id=case.pk, to=council.officer, by=council.officer, at=at, expected=2)
    with pytest.raises(rules.ChangedMeanwhile):
        actions.resolve(case_id=case.pk, outcome="fixed", by=council.manager, at=at, expected=2)


def test_a_pause_moves_the_promise_by_the_working_time_it_lasted(council, at):
    case = factories.case(target_days=3)
    actions.pause(case_id=case.pk, reason="Waiting for a photo of the site", by=council.officer, at=at)
    actions.resume(case_id=case.pk, by=council.officer, at=at + timedelta(days=1))
    case.refresh_from_db()
    assert rules.LONDON.fromutc(case.due_at.replace(tzinfo=rules.LONDON)).strftime("%a %H:%M") == "Mon 17:00"
    assert case.paused_minutes == 480


def test_undo_puts_back_what_was_and_keeps_both_steps(council, at):
    case = factories.case()
    step = actions.resolve(case_id=case.pk, outcome="fixed", by=council.officer, at=at)
    actions.undo(case_id=case.pk, number=step.number, by=council.officer, at=at + timedelta(seconds=10))
    case.refresh_from_db()
    assert (case.status, case.closed_at) == ("received", None)
    assert [entry.kind for entry in entries(case)][-2:] == ["resolved", "undone"]


def test_undo_is_refused_after_half_a_minute(council, at):
    case = factories.case()
    step = actions.assign(case_id=case.pk, to=council.officer, by=council.officer, at=at)
    with pytest.raises(rules.StatusRefused, match="too late"):
        actions.undo(case_id=case.pk, number=step.number, by=council.officer, at=at + timedelta(seconds=31))


def test_undo_of_somebody_elses_step_is_refused(council, at):
    case = factories.case()
    step = actions.assign(case_id=case.pk, to=council.officer, by=council.officer, at=at)
    with pytest.raises(rules.StatusRefused, match="your own"):
        actions.undo(case_id=case.pk, number=step.number, by=council.manager, at=at)


def test_a_missed_date_is_said_once_and_never_unsaid(council, at):
    case = factories.case(target_days=1)
    later = at + timedelta(days=5)
    assert actions.miss_dates(at=later) == 1
    assert actions.miss_dates(at=later) == 0
    actions.resolve(case_id=case.pk, outcome="fixed", by=council.officer, at=later)
    case.refresh_from_db()
    assert case.was_late


def test_another_category_is_routed_again_and_its_promise_counted_from_the_start(council, at):
    case = factories.case()
    actions.change_category(case_id=case.pk, category="overgrown_grass", target_days=10, by=council.officer, at=at)
    case.refresh_from_db()
    assert case.team == council.parks
    assert case.due_at.date().isoformat() == "2026-05-27"


def test_joined_cases_count_their_followers_together(council, at):
    main, other = factories.case(), factories.case()
    actions.join(case_id=other.pk, to=main.pk, by=council.officer, at=at)
    main.refresh_from_db()
    assert main.followers == 1
    with pytest.raises(rules.StatusRefused):
        actions.join(case_id=main.pk, to=other.pk, by=council.officer, at=at)


def test_the_database_refuses_to_change_the_timeline(council, at):
    case = factories.case()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Entry.objects.filter(case=case).update(text="changed")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Entry.objects.filter(case=case)._raw_delete("default")


def test_a_task_done_twice_is_written_once(council, at):
    case = factories.case()
    task = actions.add_task(case_id=case.pk, title="Visit", by=council.officer, at=at)
    for _ in range(2):
        actions.do_task(task_id=task.pk, by=council.officer, at=at)
    assert Entry.objects.filter(case=case, kind="task").count() == 2
