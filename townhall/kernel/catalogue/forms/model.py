"""A form as it is written: sections, pages, questions, and the conditions between them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from townhall.kernel.catalogue.decisions.feel.kinds import Kind as FeelKind
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.decisions.model import Place
from townhall.kernel.catalogue.decisions.workshop import Problem
from townhall.kernel.catalogue.forms.expressions import Feel
from townhall.kernel.catalogue.words import Text

if TYPE_CHECKING:
    from townhall.kernel.catalogue.forms.kinds.base import Kind

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]
Answers = dict[str, Json]
MOST_PROBLEMS = 200
COMPUTED = ("calculated", "hidden")


class Mistake(NamedTuple):
    """What is wrong with an answer: the question (`vehicles.0.reg`), the field to look at, which rule, in words."""

    question: str
    field: str
    rule: str
    text: Text


@dataclass(frozen=True, slots=True)
class Must:
    """What an answer must satisfy, and what to say where it does not."""

    holds: Feel
    say: Text


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from."""

    value: str
    label: Text
    hint: Text | None = None


@dataclass(slots=True)
class Question:
    """A question. `least` and `most` limit numbers, characters, choices, files or items, as its kind has it."""

    name: str
    kind: str
    place: Place
    label: Text
    page: str = ""
    group: str = ""
    called: Text | None = None
    hint: Text | None = None
    reason: Text | None = None
    """What officers read the answer for (`for` in the file), where nothing else uses it."""
    required: bool = True
    when: Feel | None = None
    musts: tuple[Must, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    decimals: int = 0
    options: dict[str, Option] = field(default_factory=dict[str, Option])
    rows: dict[str, Option] = field(default_factory=dict[str, Option])
    none_of: str = ""
    types: tuple[str, ...] = ()
    megabytes: int = 10
    value: Feel | None = None
    inside: "tuple[Question, ...]" = ()
    made: "Kind | None" = None
    """What its kind can do with its answers."""

    @property
    def answer(self) -> "Kind":
        """What its kind can do with its answers."""
        assert self.made is not None, "a question is read with its kind"  # noqa: S101
        return self.made

    @property
    def is_computed(self) -> bool:
        """Whether nobody is asked: its value follows from others."""
        return self.kind in COMPUTED

    def all(self) -> "Iterator[Question]":
        """It and the questions inside it."""
        yield self
        for each in self.inside:
            yield from each.all()

    def feels(self) -> Iterator[Feel]:
        """Its own expressions."""
        yield from (each for each in (self.when, self.value) if each is not None)
        yield from (each.holds for each in self.musts)


@dataclass(slots=True)
class Page:
    """One thing on a page, mostly."""

    name: str
    place: Place
    title: Text
    section: str = ""
    text: Text | None = None
    when: Feel | None = None
    musts: tuple[Must, ...] = ()
    questions: tuple[Question, ...] = ()

    def all(self) -> Iterator[Question]:
        """Its questions, and those inside them."""
        for each in self.questions:
            yield from each.all()

    def feels(self) -> Iterator[Feel]:
        """Its expressions, and those of its questions."""
        yield from ([self.when] if self.when is not None else [])
        yield from (each.holds for each in self.musts)
        for question in self.all():
            yield from question.feels()


@dataclass(slots=True)
class Form:
    """A form, read and compiled. `version` is the hash of its content: comments and layout do not change it."""

    file: str
    title: Text
    version: str = ""
    facts: dict[str, FeelKind] = field(default_factory=dict[str, FeelKind])
    sections: dict[str, Text] = field(default_factory=dict[str, Text])
    pages: dict[str, Page] = field(default_factory=dict[str, Page])
    questions: dict[str, Question] = field(default_factory=dict[str, Question])
    problems: list[Problem] = field(default_factory=list[Problem])

    def report(self, place: Place, message: str, cure: str = "") -> None:
        """Keep what is wrong, unless there is so much already that nobody would read it."""
        found = Problem(place, message, cure)
        if len(self.problems) < MOST_PROBLEMS and found not in self.problems:
            self.problems.append(found)


class AskedPage(NamedTuple):
    """A page that is asked, with those of its questions that are."""

    page: Page
    questions: tuple[Question, ...]


class Asked(NamedTuple):
    """What is asked of somebody with these answers, in order; `values` are those that count, as FEEL has them."""

    pages: tuple[AskedPage, ...]
    values: dict[str, Value]

    def names(self) -> list[str]:
        """The names of the pages."""
        return [each.page.name for each in self.pages]
