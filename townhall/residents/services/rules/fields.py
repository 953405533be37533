"""The fields that a page of a form shows: each question with what was typed and what is wrong with it."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from townhall.kernel.catalogue.forms.model import Mistake, Question
from townhall.kernel.catalogue.words import Text
from townhall.residents.services.rules.typed import items_shown

PARTS = {
    "date": "day",
    "address": "line_1",
    "bank_details": "account_name",
    "signature": "name",
}
"""The part of an answer that is looked at first, where it has several."""

NUMBER = Text("Number", "Rhif")


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a group."""

    number: int
    fields: "tuple[Field, ...]"


@dataclass(frozen=True, slots=True)
class Field:
    """A question on a page. `at` is its place among the answers, as in `things.0.what`; `typed` what stands in it.

    `wrong` has the messages by the part they are about, the whole question's under an empty name. What is not
    `is_asked` is on the page all the same, put away, where a condition on the same page may bring it out. `is_open` is
    False where its page depends on another answer too.
    """

    question: Question
    at: str
    typed: Mapping[str, Sequence[str]]
    wrong: Mapping[str, Mistake] = field(default_factory=dict[str, Mistake])
    is_asked: bool = True
    items: tuple[Item, ...] = ()
    is_open: bool = True

    @property
    def id(self) -> str:
        """What its first input is called on the page."""
        return self.at.replace(".", "-")

    @property
    def is_always(self) -> bool:
        """Whether no condition may put it away."""
        return self.is_open and self.question.when is None

    @property
    def kind(self) -> str:
        """The kind of its question."""
        return self.question.kind

    def values(self, part: str = "") -> Sequence[str]:
        """All that was typed or chosen."""
        return self.typed.get(f"{self.at}.{part}" if part else self.at, ())

    def value(self, part: str = "") -> str:
        """What was typed or chosen."""
        found = self.values(part)
        return found[-1] if found else ""

    @property
    def is_typed(self) -> bool:
        """Whether anything stands in it."""
        return any(
            any(values) for name, values in self.typed.items() if name == self.at or name.startswith(f"{self.at}.")
        )


@dataclass(frozen=True, slots=True)
class Page:
    """What the fields of a page are made from: what was typed, what is wrong, which places are asked now."""

    typed: Mapping[str, Sequence[str]]
    mistakes: Sequence[Mistake]
    asked: Set[str]
    is_open: bool = True

    def field(self, question: Question, at: str) -> Field:
        """One field, with what is inside it."""
        items = tuple(self.item(question, at, number) for number in range(self.count(question, at)))
        wrong = {each.field.removeprefix(at).removeprefix("."): each for each in self.mistakes if each.question == at}
        is_open = self.is_open or "." in at
        return Field(question, at, self.typed, wrong, at in self.asked, items, is_open)

    def count(self, question: Question, at: str) -> int:
        """How many items a group shows."""
        least = max(1, int(question.least or 1)) if question.required else 0
        return items_shown(self.typed, at, least=least) if question.inside else 0

    def item(self, group: Question, at: str, number: int) -> Item:
        """One item of a group."""
        inside = (each for each in group.inside if not each.is_computed)
        return Item(number, tuple(self.field(each, f"{at}.{number}.{each.name}") for each in inside))


def fields_on(
    questions: Iterable[Question], typed: Mapping[str, Sequence[str]], mistakes: Sequence[Mistake], asked: Set[str],
    *, is_open: bool = True,
) -> tuple[Field, ...]:  # fmt: skip
    """The fields of a page, in its order, with those that a condition has put away: their own, or where the page is not
    `is_open` whatever was answered, that of the page.
    """
    page = Page(typed, mistakes, asked, is_open)
    return tuple(page.field(each, each.name) for each in questions if not each.is_computed)


def fields_of(found: Iterable[Field]) -> Iterable[Field]:
    """All fields, those inside groups too."""
    for each in found:
        yield each
        for item in each.items:
            yield from fields_of(item.fields)


def told_of(mistake: Mistake, language: str) -> str:
    """What is wrong, in words that stand alone: inside a group with the item's number, as its heading has it."""
    numbers = [f"{NUMBER.said(language)} {int(part) + 1}" for part in mistake.question.split(".") if part.isdecimal()]
    return ": ".join([*numbers, mistake.text.said(language)])


def anchor(mistake: Mistake, question: Question) -> str:
    """The id of the input that a message leads to."""
    if mistake.field != mistake.question:
        return mistake.field.replace(".", "-")
    part = PARTS.get(question.kind, "")
    if question.kind == "matrix":
        part = next(iter(question.rows), "")
    return "-".join(filter(None, (mistake.question.replace(".", "-"), part)))
