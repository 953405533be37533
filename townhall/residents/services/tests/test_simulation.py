"""Past cases are replayed through a changed version: what would have come out differently, and what cannot be said."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from townhall.kernel.catalogue.packages.reading import read_files
from townhall.residents.services import selectors
from townhall.residents.services.models import Application, Course
from townhall.residents.services.selectors import Simulated
from townhall.residents.services.tests import movers

pytestmark = pytest.mark.django_db


def simulated(process: str, at: datetime, fee: str = "3750", **other: bytes) -> Simulated:
    """What a changed version would have made of the cases of a year."""
    files = movers.contents(process, **other)
    if "decisions/fee.yaml" in files:
        files["decisions/fee.yaml"] = files["decisions/fee.yaml"].replace(b"3750", fee.encode())
    changed = read_files("asking", files)
    return selectors.simulate(changed, at - timedelta(days=365), at + timedelta(days=60))


def told(found: Simulated) -> set[tuple[str, str, str, str, int]]:
    """The differences with how many cases have them."""
    return {
        (each.difference.about, each.difference.name, each.difference.before, each.difference.after, each.count)
        for each in found.groups
    }


@pytest.fixture
def paid(council: Any, at: datetime) -> Application:
    """A case that was looked at, paid and answered."""
    first = movers.published(movers.FIRST, at)
    case = movers.running(first, at, {"look": {"pence": 1}})
    movers.done(case, "pay", at, {"amount_pence": 3750})
    movers.done(case, "answer", at)
    return case


def test_a_version_that_is_the_same_changes_nothing(paid: Application, at: datetime) -> None:
    before = Course.objects.get(application=paid)
    found = simulated(movers.FIRST, at)
    assert (found.cases, found.replayed, found.different, found.groups, found.left_out) == (1, 1, 0, [], [])
    after = Course.objects.get(application=paid)
    assert (after.state, after.tasks, after.told) == (before.state, before.tasks, before.told)


def test_another_fee_is_another_decision_and_another_sum(paid: Application, at: datetime) -> None:
    found = simulated(movers.FIRST, at, fee="4200")
    assert told(found) == {
        ("decision", "Fee", "3750", "4200", 1), ("fee", "", "£37.50", "£42.00", 1),
    }  # fmt: skip
    assert paid.case is not None
    assert found.groups[0].references == [paid.case.reference]


def test_another_way_is_another_end_with_other_letters_and_days(paid: Application, at: datetime) -> None:
    refusing = movers.FIRST.replace(
        "done: {set: {fee_pence: result.pence}, to: price}, withdrawn: stopped",
        "done: {to: stopped, do: [{letter: received}]}, withdrawn: price",
    )  # fmt: skip
    found = told(simulated(refusing, at))
    assert ("end", "", "answered", "stopped", 1) in found
    assert ("letters", "", "received", "received, received", 1) in found
    assert ("decision", "Fee", "3750", "not asked", 1) in found


def test_what_the_changed_version_has_no_step_for_is_left_out_with_the_reason(paid: Application, at: datetime) -> None:
    found = simulated(movers.SECOND, at)
    assert (found.replayed, len(found.left_out)) == (0, 1)
    assert "'look" in found.left_out[0].difference.before


def test_what_the_changed_form_would_not_take_is_left_out(paid: Application, at: datetime) -> None:
    form = movers.contents(movers.FIRST)["form.yaml"].replace(b"max: 2000", b"max: 3")
    found = simulated(movers.FIRST, at, form=form)
    assert "The form would not take the answers: question" in found.left_out[0].difference.before


def test_a_case_of_which_not_all_is_kept_is_left_out(paid: Application, at: datetime) -> None:
    Course.objects.filter(application=paid).update(told=[])
    assert "not wholly kept" in simulated(movers.FIRST, at).left_out[0].difference.before
    Application.objects.filter(pk=paid.pk).update(answers={})
    assert "not kept any more" in simulated(movers.FIRST, at).left_out[0].difference.before


def test_only_cases_of_the_time_that_is_asked_for_are_looked_at(paid: Application, at: datetime) -> None:
    changed = read_files("asking", movers.contents(movers.FIRST))
    assert selectors.simulate(changed, at + timedelta(days=1), at + timedelta(days=2)).cases == 0
