"""Search finds the newest cases that have the words, wherever it has to look for them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from townhall.council.casework.selectors import newest
from townhall.kernel.cases.models import Case

pytestmark = pytest.mark.django_db
Opens = Callable[..., Case]


@pytest.fixture
def year(council: Any, case: Opens, monkeypatch: pytest.MonkeyPatch) -> list[Case]:
    """Thirty cases over a year, newest first; every third is about a trolley. Only four count as the newest."""
    monkeypatch.setattr(newest, "NEWEST", 4)
    now = timezone.now()
    titles = ("A trolley in the beck", "Litter by the school", "Glass on the path")
    return [case(title=titles[number % 3], at=now - timedelta(days=number * 12 + 1)) for number in range(30)]


def references(text: str, most: int) -> list[str]:
    keys = newest.newest_with(text, Case.objects.all(), most=most, at=timezone.now())
    by_key = {each.pk: each.reference for each in Case.objects.all()}
    return [by_key[key] for key in keys]


@pytest.mark.parametrize("most", [1, 2, 3, 5, 8, 10, 50])
def test_the_newest_that_have_the_word_are_found_in_their_order(year: list[Case], most: int) -> None:
    assert references("trolley", most) == [each.reference for each in year[::3]][:most]


def test_words_may_be_left_out_and_kept_together(year: list[Case]) -> None:
    assert references('-trolley "by the school"', 50) == [each.reference for each in year[1::3]]
    assert references('"school the by"', 50) == []


def test_an_old_reference_is_found_too(year: list[Case]) -> None:
    assert references(year[-1].reference, 50) == [year[-1].reference]


def test_nothing_is_found_of_what_may_not_be_seen(council: Any, year: list[Case]) -> None:
    seen = Case.objects.seen_by(council.other_officer)
    assert newest.newest_with("trolley", seen, most=50, at=timezone.now()) == []
    assert newest.newest_with("trolley", Case.objects.none(), most=50, at=timezone.now()) == []


def test_search_takes_at_most_five_statements(year: list[Case], django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(5):
        newest.newest_with("nowhere", Case.objects.all(), most=50, at=timezone.now())
