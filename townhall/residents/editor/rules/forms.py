"""The pages and questions of a form's file, shown and changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from townhall.kernel.catalogue.forms.kinds import KINDS
from townhall.residents.editor.rules.yaml_files import (
    Tree,
    Words,
    as_list,
    as_map,
    as_text,
    words,
)

TEXTS = ("label", "hint", "called", "for", "item")


"""What a question says in both languages."""


PLAIN = ("when", "min", "max", "decimals", "megabytes", "none", "value")


SIMPLE = ("text", "long_text", "number", "money", "date", "yes_no", "radios", "select", "checkboxes")


NOTHING = Words()


COMPUTED = ("calculated", "hidden")


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to choose from, or a row of a matrix."""

    name: str
    label: Words
    hint: Words = NOTHING


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold of an answer, and what is said where it does not."""

    holds: str
    say: Words


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands in the file. `depth` counts the groups that it stands in."""

    name: str
    page: str
    kind: str
    texts: Mapping[str, Words]
    plain: Mapping[str, str]
    required: bool = True
    options: tuple[Choice, ...] = ()
    rows: tuple[Choice, ...] = ()
    musts: tuple[Rule, ...] = ()
    types: str = ""
    depth: int = 0

    @property
    def own(self) -> tuple[str, ...]:
        """The keys that only questions of its kind have."""
        return KINDS[self.kind].own if self.kind in KINDS else ()

    @property
    def label(self) -> Words:
        """What is asked."""
        return self.texts["label"] or Words(self.name)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it stands in the file."""

    name: str
    title: Words
    text: Words
    when: str
    section: str
    questions: tuple[Asked, ...] = ()

    @property
    def heading(self) -> Words:
        """What heads it: its title, else its first question."""
        return self.title or (self.questions[0].label if self.questions else Words(self.name))


@dataclass(frozen=True, slots=True)
class Change:
    """What an officer typed for a question."""

    kind: str
    texts: Mapping[str, Words]
    plain: Mapping[str, str]
    required: bool = True
    options: Sequence[Choice] = ()
    rows: Sequence[Choice] = ()
    musts: Sequence[Rule] = ()
    types: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A question in the tree: the map that it stands in, and its page."""

    around: Tree
    page: str
    held: Tree = field(repr=False)


def pages_of(tree: Tree) -> tuple[Page, ...]:
    """The pages, in their order."""
    return tuple(page_of(str(name), as_map(held)) for name, held in as_map(tree.get("pages")).items())


def page_of(name: str, held: Mapping[str, Any]) -> Page:
    """A page of the file."""
    questions = tuple(questions_of(name, as_map(held.get("questions"))))
    when, section = as_text(held.get("when")), as_text(held.get("section"))
    return Page(name, words(held.get("title")), words(held.get("text")), when, section, questions)


def questions_of(page: str, held: Mapping[str, Any], depth: int = 0) -> Iterator[Asked]:
    """The questions under a key, each followed by those inside it."""
    for name, each in held.items():
        yield question_of(str(name), page, as_map(each), depth)
        yield from questions_of(page, as_map(as_map(each).get("questions")), depth + 1)


def question_of(name: str, page: str, held: Mapping[str, Any], depth: int = 0) -> Asked:
    """A question of the file."""
    musts = [as_map(each) for each in as_list(held.get("must"))]
    return Asked(
        name, page, as_text(held.get("type")),
        {key: words(held.get(key)) for key in TEXTS}, {key: as_text(held.get(key)) for key in PLAIN},
        required=as_text(held.get("required")) != "false",
        options=choices_of(held.get("options")), rows=choices_of(held.get("rows")),
        musts=tuple(Rule(as_text(each.get("holds")), words(each.get("say"))) for each in musts),
        types=", ".join(as_text(each) for each in as_list(held.get("types"))), depth=depth,
    )  # fmt: skip


def choices_of(held: Any) -> tuple[Choice, ...]:
    """Answers to choose from."""
    found = as_map(held).items()
    return tuple(
        Choice(str(name), words(as_map(each)["label"]), words(as_map(each).get("hint")))
        if "label" in as_map(each)
        else Choice(str(name), words(each))
        for name, each in found
    )


def names_in(tree: Tree) -> set[str]:
    """The names that a new question may not have: of questions and facts. A page may be called like its question."""
    return {*asked_in(tree), *map(str, as_map(tree.get("facts")))}


def asked_in(tree: Tree) -> dict[str, Asked]:
    """The questions by name."""
    return {question.name: question for page in pages_of(tree) for question in page.questions}
