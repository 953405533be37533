"""Sums, and what an answer of a provider means."""

from datetime import timedelta

import pytest

from townhall.residents.payments.rules import Said, again_after, judged, pounds


@pytest.mark.parametrize(("pence", "words"), [(3700, "£37"), (3750, "£37.50"), (5, "£0.05"), (1_234_500, "£12,345")])
def test_sums_are_read_in_pounds(pence: int, words: str) -> None:
    assert pounds(pence) == words


def test_only_the_whole_sum_is_a_payment() -> None:
    assert judged(Said("paid", 3700), 3700) == "paid"
    assert judged(Said("paid", 3699), 3700) == "wrong_amount"
    assert judged(Said("declined"), 3700) == "declined"
    assert judged(Said("a word we do not know"), 3700) == "pending"


def test_a_provider_is_asked_less_and_less_often_and_never_not_at_all() -> None:
    assert again_after(0) == timedelta(seconds=20)
    assert again_after(1_000) == timedelta(hours=1)
