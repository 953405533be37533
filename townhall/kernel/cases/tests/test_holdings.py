"""What a case holds about its reporter is found, what it holds about others is not, and in time it is forgotten."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from townhall.kernel.cases import actions, holdings
from townhall.kernel.cases.models import Case, Entry
from townhall.kernel.cases.tests import factories
from townhall.kernel.identity import actions as identity
from townhall.kernel.identity.rules import Contact
from townhall.kernel.privacy.actions import forget_what_is_old

pytestmark = pytest.mark.django_db


def words(person: Any) -> str:
    """All values of the person's records."""
    return str([record.values for record in holdings.find_cases(person)])


def test_all_that_was_said_on_ones_own_case_is_found_but_not_the_words_of_others(council: Any, at: datetime) -> None:
    mine, theirs = factories.case(reporter=council.resident), factories.case(reporter=council.neighbour)
    actions.add_note(case_id=mine.pk, text="a note about Asha", by=council.officer, at=at)
    actions.add_update(case_id=mine.pk, says="still_there", text="Tom saw it too", by=council.neighbour, at=at)
    actions.add_update(case_id=theirs.pk, says="update", text="Asha saw it too", by=council.resident, at=at)
    actions.add_note(case_id=theirs.pk, text="a note about Tom", by=council.officer, at=at)
    found = words(council.resident)
    assert mine.reference in found
    assert "a note about Asha" in found
    assert "Asha saw it too" in found
    assert "Tom" not in found
    assert theirs.reference not in found


def test_after_seven_years_the_case_stays_without_its_person(council: Any, at: datetime) -> None:
    case = factories.case(reporter=council.resident)
    actions.add_note(case_id=case.pk, text="a note about Asha", by=council.officer, at=at)
    actions.resolve(case_id=case.pk, outcome="fixed", text="Asha's street is clean", by=council.officer, at=at)
    forget_what_is_old(at=at + timedelta(days=2500))
    assert Case.objects.get(pk=case.pk).reporter == council.resident
    forget_what_is_old(at=at + timedelta(days=2600))
    kept = Case.objects.get(pk=case.pk)
    assert kept.reporter is None
    assert kept.title == case.title
    assert "Asha" not in str(list(Entry.objects.filter(case=case).values_list("text", flat=True)))
    with pytest.raises(Exception, match="append-only"):
        Entry.objects.filter(case=case).update(text="x")


def test_the_cases_of_a_typed_address_come_to_whoever_proves_it(
    council: Any, at: datetime, relay: Callable[[], Any]
) -> None:
    stray = identity.find_or_make_person(name="Asha", email="asha@example.org", at=at)
    case = factories.case(reporter=stray)
    identity.prove(Contact("email", "asha@example.org"), language="en", at=at)
    relay()
    assert Case.objects.get(pk=case.pk).reporter == council.resident
