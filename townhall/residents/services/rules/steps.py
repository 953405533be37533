"""The pages of a form in the order asked, how each stands, and which comes next."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from townhall.kernel.catalogue.forms.model import AskedPage
from townhall.kernel.catalogue.words import Text

CHECK = ""
"""Stands for "check your answers", after the last page."""


@dataclass(frozen=True, slots=True)
class Step:
    """A page in the list beside the form: `done`, `now` or `ahead`."""

    page: str
    title: Text
    state: str


def names_of(asked: Iterable[AskedPage]) -> list[str]:
    """The names of the pages that have something to fill in."""
    return [each.page.name for each in asked if any(not question.is_computed for question in each.questions)]


def next_step(asked: Sequence[str], kept: Collection[str], wrong: str | None) -> str:
    """The first page that was not kept yet or has something missing; CHECK where there is none."""
    return next((each for each in asked if each not in kept or each == wrong), CHECK)


def steps_of(asked: Sequence[AskedPage], kept: Collection[str], now: str) -> list[Step]:
    """The pages that are asked, as far as is known now, with how each stands."""
    return [
        Step(
            each.page.name,
            each.page.title,
            "now" if each.page.name == now else "done" if each.page.name in kept else "ahead",
        )
        for each in asked
        if any(not question.is_computed for question in each.questions)
    ]
