"""How many cries for help in a synthetic year are found, and how many ordinary reports are held for nothing."""

import pytest

from townhall.demo.town.requests import Request
from townhall.demo.town.wording import COMMON
from townhall.residents.reports.rules import danger_in

TRUTH = [(kind, text) for kind, texts in COMMON["safeguarding"].items() for text in texts]


@pytest.mark.parametrize(("kind", "text"), TRUTH)
def test_every_cry_for_help_is_found_as_it_is_written(kind: str, text: str) -> None:
    assert danger_in(f"The bin is full.{text}") == kind


def test_most_are_found_when_typed_in_a_hurry(year: list[Request]) -> None:
    cries = [request for request in year if request.safeguarding]
    found = [request for request in cries if danger_in(request.text)]
    assert len(cries) > 50
    assert len(found) / len(cries) >= 0.9, f"{len(found)} of {len(cries)}"


def test_hardly_any_ordinary_report_is_held(year: list[Request]) -> None:
    ordinary = [request for request in year if not request.safeguarding]
    held = [request.text for request in ordinary if danger_in(f"{request.title} {request.text}")]
    assert len(ordinary) > 5000
    assert len(held) / len(ordinary) <= 0.005, held[:5]
