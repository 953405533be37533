"""Running cases go on with another version of their service, and come back."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries

from townhall.kernel.cases.models import Entry, Task
from townhall.kernel.identity.models import Change
from townhall.residents.payments.models import Payment
from townhall.residents.services import actions, selectors
from townhall.residents.services.models import Application, Course, Transfer, TransferredCase, Version
from townhall.residents.services.rules.transfers import NotTransferred
from townhall.residents.services.tests import movers

pytestmark = pytest.mark.django_db
READ = {"look": "read"}


@pytest.fixture
def first(council: Any, at: datetime) -> Version:
    """The version that cases are on."""
    return movers.published(movers.FIRST, at)


@pytest.fixture
def second(first: Version, at: datetime) -> Version:
    """The version that they go to."""
    return movers.published(movers.SECOND, at)


def moved(source: Version, target: Version, at: datetime, states: dict[str, str] | None = None) -> Transfer:
    """A whole transfer."""
    transfer = actions.begin_transfer(source=source, target=target, states=states or {}, by=None, at=at)
    return carried(transfer, at)


def back(transfer: Transfer, at: datetime) -> Transfer:
    """The same taken back."""
    return carried(actions.take_back(transfer=transfer, by=None, at=at), at)


def carried(transfer: Transfer, at: datetime, most: int = 2) -> Transfer:
    """Carry a transfer to its end, in small batches."""
    while actions.go_on(transfer_id=transfer.pk, at=at, most=most).cases:
        pass
    transfer.refresh_from_db()
    assert transfer.ended_at == at
    return transfer


def course(application: Application) -> Course:
    """Where a case is."""
    return Course.objects.select_related("application__version").get(application=application)


def whole(application: Application) -> tuple[Any, ...]:
    """All that must be as it was: the course, the version, and its open tasks."""
    found = course(application)
    tasks = Task.objects.filter(case=application.case_id, done_at=None).order_by("id")
    return found.state, found.tasks, found.next_at, found.application.version_id, list(tasks.values())


def test_a_case_goes_on_in_the_state_that_its_own_became(first: Version, second: Version, at: datetime) -> None:
    case = movers.running(first, at)
    moved(first, second, at, READ)
    found = course(case)
    assert (found.application.version, list(found.state["active"])) == (second, ["read"])
    task = Task.objects.get(case=case.case_id)
    assert (task.title, found.tasks[str(task.pk)]["key"]) == ("Read it", "read#1")
    assert list(found.state["timers"]) == ["@late"]
    movers.done(case, "read", at, {"pence": 10})
    assert list(course(case).state["active"]) == ["pay"]


def test_the_timeline_says_it_in_both_languages_and_so_does_the_list_of_changes(
    first: Version, second: Version, at: datetime
) -> None:
    case = movers.running(first, at)
    transfer = moved(first, second, at, READ)
    entry = Entry.objects.filter(case=case.case_id).latest("number")
    assert (entry.kind, entry.text, entry.text_cy) == ("step", "Read it", "Edrych arno")
    assert entry.data["did"] == "transferred"
    assert entry.data["transfer"] == str(transfer.pk)
    assert case.case is not None
    case.case.refresh_from_db()
    assert case.case.version == entry.number
    begun, ended = Change.objects.filter(what="service: asking").order_by("id")
    assert begun.after["states"] == READ
    assert (ended.after["moved"], ended.after["ended"]) == (1, True)


def test_what_nothing_has_happened_with_comes_back_as_the_very_case_that_it_was(
    first: Version, second: Version, at: datetime
) -> None:
    cases = [movers.running(first, at), movers.running(first, at, {"look": {"pence": 5}})]
    before = [whole(each) for each in cases]
    there = moved(first, second, at, READ)
    assert [whole(each) for each in cases] != before
    again = back(there, at + timedelta(days=1))
    assert [whole(each) for each in cases] == before
    assert (selectors.result(again).returned, selectors.result(again).moved) == (2, 0)


def test_what_has_gone_on_meanwhile_comes_back_by_the_mapping_reversed(
    first: Version, second: Version, at: datetime
) -> None:
    still, gone_on = movers.running(first, at), movers.running(first, at)
    there = moved(first, second, at, READ)
    movers.done(gone_on, "read", at, {"pence": 10})
    found = selectors.result(back(there, at))
    assert (found.returned, found.moved, found.stuck) == (1, 1, [])
    assert list(course(gone_on).state["active"]) == ["pay"]
    assert course(gone_on).application.version == course(still).application.version == first
    assert list(course(gone_on).state["timers"]) == ["@slow"]


def test_what_has_ended_meanwhile_or_has_no_one_way_back_stays_and_says_why(first: Version, at: datetime) -> None:
    both = movers.published(movers.FIRST.replace("  look:", "  begin:"), at)
    ended, went_on = movers.running(first, at), movers.running(first, at, {"look": {}})
    there = moved(first, both, at, {"look": "answer", "pay": "answer"})
    movers.done(ended, "answer", at)
    Course.objects.filter(application=went_on).update(tasks={})
    stuck = {each.states: each.why for each in selectors.result(back(there, at)).stuck}
    assert stuck == {
        "answered": "It has ended.",
        "answer": "More than one state became 'answer': there is no one way back.",
    }
    assert course(went_on).application.version == both


def test_a_case_never_enters_a_state_that_the_other_version_has_not(
    first: Version, second: Version, at: datetime
) -> None:
    case = movers.running(first, at)
    before = whole(case)
    stuck = selectors.result(moved(first, second, at)).stuck
    assert [(each.states, each.why, each.count) for each in stuck] == [
        ("look", "The case is in 'look', which the other version has not.", 1)
    ]
    assert whole(case) == before


def test_a_payment_that_the_other_version_does_not_want_is_withdrawn_and_asked_for_again_on_the_way_back(
    first: Version, at: datetime, settings: Any
) -> None:
    settings.TOWNHALL_PAYMENTS = "sandbox"
    free = movers.published(movers.FREE, at)
    case = movers.running(first, at, {"look": {"pence": 10}})
    assert Payment.objects.get(case=case.case_id).state == "open"
    there = moved(first, free, at)
    assert Payment.objects.get(case=case.case_id).state == "withdrawn"
    assert Task.objects.get(case=case.case_id, done_at=None).title == "Wait for money"
    back(there, at)
    assert not Task.objects.filter(case=case.case_id, done_at=None).exists()
    asked = Payment.objects.filter(case=case.case_id).latest("id")
    assert (asked.state, asked.amount_pence) == ("open", 3750)
    assert list(course(case).state["active"]) == ["pay"]
    movers.done(case, "pay", at, {"amount_pence": 3750})
    assert list(course(case).state["active"]) == ["answer"]


def test_a_payment_is_asked_for_where_the_other_version_wants_one_and_there_and_back_twice_asks_anew(
    first: Version, at: datetime, settings: Any
) -> None:
    settings.TOWNHALL_PAYMENTS = "sandbox"
    free = movers.published(movers.FREE, at)
    case = movers.running(free, at, {"look": {"pence": 10}})
    for _ in range(2):
        there = moved(free, first, at)
        assert [each.state for each in Payment.objects.filter(case=case.case_id)].count("open") == 1
        assert not Task.objects.filter(case=case.case_id, done_at=None).exists()
        back(there, at)
        assert not Payment.objects.filter(case=case.case_id, state="open").exists()
        assert Task.objects.get(case=case.case_id, done_at=None).title == "Wait for money"


def test_an_open_payment_goes_on_under_the_name_of_the_new_state(first: Version, at: datetime, settings: Any) -> None:
    settings.TOWNHALL_PAYMENTS = "sandbox"
    renamed = movers.published(movers.FIRST.replace("  pay:", "  charge:").replace("to: pay}", "to: charge}"), at)
    case = movers.running(first, at, {"look": {"pence": 10}})
    there = moved(first, renamed, at, {"pay": "charge"})
    assert [(each.state, each.key) for each in Payment.objects.filter(case=case.case_id)] == [("open", "charge#3")]
    back(there, at)
    assert [(each.state, each.key) for each in Payment.objects.filter(case=case.case_id)] == [("open", "pay#3")]


def test_a_batch_takes_the_same_number_of_statements_however_many_cases_it_has(
    first: Version, second: Version, at: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(12):
        movers.running(first, at)
    transfer = actions.begin_transfer(source=first, target=second, states=READ, by=None, at=at)
    with django_assert_max_num_queries(30):
        assert actions.go_on(transfer_id=transfer.pk, at=at).cases == 12


def test_a_transfer_that_was_cut_off_goes_on_where_it_was(first: Version, second: Version, at: datetime) -> None:
    for _ in range(3):
        movers.running(first, at)
    transfer = actions.begin_transfer(source=first, target=second, states=READ, by=None, at=at)
    assert actions.go_on(transfer_id=transfer.pk, at=at, most=2).cases == 2
    again = actions.begin_transfer(source=first, target=second, states=READ, by=None, at=at)
    assert again == transfer
    with pytest.raises(NotTransferred, match="with other states"):
        actions.begin_transfer(source=first, target=second, states={}, by=None, at=at)
    carried(again, at)
    assert TransferredCase.objects.filter(transfer=transfer, outcome="moved").count() == 3


def test_a_case_that_another_transfer_has_taken_meanwhile_is_left_alone(
    first: Version, second: Version, at: datetime
) -> None:
    case = movers.running(first, at)
    there = moved(first, second, at, READ)
    third = movers.published(movers.SECOND.replace("en: Read it", "en: Read"), at)
    moved(second, third, at)
    before = whole(case)
    assert [each.why for each in selectors.result(back(there, at)).stuck] == ["It is on yet another version by now."]
    assert whole(case) == before


def test_what_is_under_way_can_be_taken_back_and_goes_no_further(first: Version, second: Version, at: datetime) -> None:
    cases = [movers.running(first, at) for _ in range(3)]
    before = [whole(each) for each in cases]
    there = actions.begin_transfer(source=first, target=second, states=READ, by=None, at=at)
    actions.go_on(transfer_id=there.pk, at=at, most=2)
    again = actions.take_back(transfer=there, by=None, at=at)
    assert actions.go_on(transfer_id=there.pk, at=at).cases == 0
    assert selectors.result(carried(again, at)).returned == 2
    assert [whole(each) for each in cases] == before


def test_what_is_taken_back_is_the_latest_that_let_cases_go_over_and_then_the_one_before(
    first: Version, second: Version, at: datetime
) -> None:
    cases, transfers = list[Application](), list[Transfer]()
    for days in range(2):
        cases.append(movers.running(first, at))
        transfers.append(moved(first, second, at + timedelta(days=days), READ))
    moved(first, second, at + timedelta(days=2), READ)
    for each in reversed(transfers):
        assert selectors.last_transfer(first, second) == each
        back(each, at + timedelta(days=3))
    assert {course(each).application.version for each in cases} == {first}


def test_the_command_says_first_what_would_happen_and_changes_nothing(
    first: Version, second: Version, at: datetime, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    case = movers.running(first, at)
    movers.running(first, at, {"look": {}})
    before = whole(case)
    told = ["package_migrate", "asking", "--from", first.hash[:8], "--to", second.hash[:8]]
    call_command(*told, "--dry-run")
    out = capsys.readouterr().out
    assert "1 in pay -> pay" in out
    assert "1 in look cannot: The case is in 'look', which the other version has not." in out
    assert whole(case) == before
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(f"from: '{first.hash[:12]}'\nto: '{second.hash[:12]}'\nstates: {{look: read}}\n")
    call_command(*told, "--mapping", str(mapping), "--json")
    assert json.loads(capsys.readouterr().out)["moved"] == 2
    call_command(*told, "--back", "--dry-run")
    assert "1 in read -> look" in capsys.readouterr().out
    call_command(*told, "--back")
    assert "2 cases are as they were before" in capsys.readouterr().out
    assert whole(case) == before


def test_the_command_refuses_what_it_does_not_know(first: Version, second: Version, tmp_path: Path) -> None:
    told = ["package_migrate", "asking", "--to", second.hash]
    with pytest.raises(CommandError, match="No version begins with 'beef'"):
        call_command(*told, "--from", "beef")
    with pytest.raises(CommandError, match="two different versions"):
        call_command(*told, "--from", second.hash)
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("states: {look: reed}\n")
    with pytest.raises(CommandError, match="There is no state 'reed'"):
        call_command(*told, "--from", first.hash, "--mapping", str(mapping))


def test_answers_that_are_lost_or_missing_are_said_and_kept(first: Version, at: datetime) -> None:
    form = movers.contents(movers.SECOND)["form.yaml"].replace(b"question:\n        type", b"matter:\n        type")
    assert b"matter:" in form
    case = movers.running(first, at)
    plan = selectors.plan_of_versions(first, movers.published(movers.SECOND, at, form=form), READ)
    found = selectors.survey(plan, first, at)
    assert (found.lost, found.missing, found.going) == ({"question": 1}, {"matter": 1}, 1)
    case.refresh_from_db()
    assert case.answers["question"] == "May I?"
