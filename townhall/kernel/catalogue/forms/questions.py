"""Reads the questions of a page: their kind, words and limits first, their expressions once all names are known."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import TYPE_CHECKING

from townhall.kernel.catalogue.decisions.model import ModelError
from townhall.kernel.catalogue.decisions.yaml_tree import YamlNode
from townhall.kernel.catalogue.forms.kinds import KINDS
from townhall.kernel.catalogue.forms.kinds.base import COMMON
from townhall.kernel.catalogue.forms.kinds.files import MEDIA, MOST_FILES, MOST_MEGABYTES
from townhall.kernel.catalogue.forms.kinds.numbers import DIGITS, LARGEST, digits
from townhall.kernel.catalogue.forms.kinds.texts import LONG
from townhall.kernel.catalogue.forms.model import COMPUTED, Option, Question
from townhall.kernel.catalogue.words import Text, as_name, flag, text_of

if TYPE_CHECKING:
    from townhall.kernel.catalogue.forms.reading import Reading

MOST_QUESTIONS, MOST_OPTIONS, MOST_ITEMS, DEEPEST = 2_000, 1_000, 100, 3
USUAL_TYPES = ("pdf", "jpeg", "png")
OPTION = ("label", "hint")
LIMITED = {"text": LONG, "long_text": LONG, "checkboxes": MOST_OPTIONS, "files": MOST_FILES, "group": MOST_ITEMS}
"""The kinds whose `min` and `max` count something, and how much there may be at most."""


class QuestionReader:
    """Reads the questions of one page."""

    def __init__(self, reading: "Reading", page: str) -> None:
        self.reading, self.form, self.page = reading, reading.form, page
        self.waiting: list[Callable[[], None]] = []

    def finish(self) -> None:
        """Read the expressions."""
        for each in self.waiting:
            self.reading.kept(each, None)

    def questions(self, node: YamlNode, group: Question | None) -> tuple[Question, ...]:
        """The questions under a key; those that are wrong are reported and left out."""
        made = [
            self.reading.kept(lambda name=name, each=each: self.question(as_name(name, each), each, group), None)
            for name, each in node.keys().items()
        ]
        return tuple(each for each in made if each is not None)

    def question(self, name: str, node: YamlNode, group: Question | None) -> Question:
        """One question. Raises ModelError."""
        if len(self.form.questions) >= MOST_QUESTIONS:
            raise ModelError(f"There are more than {MOST_QUESTIONS:,} questions.", node.place, "Make two forms of it.")
        kind = self.kind_of(name, node)
        held = node.keys(*COMMON, *KINDS[kind].own)
        computed = kind in COMPUTED
        if "label" not in held and kind != "hidden":
            raise ModelError(f"The question {name!r} has no label.", node.place, "Add 'label'.")
        report = self.form.report
        label = text_of(held["label"], report) if "label" in held else Text("")
        made = Question(name, kind, node.place, label, self.page, group.name if group else "")
        made.called = text_of(held["called"], report) if "called" in held else None
        made.hint = text_of(held["hint"], report) if "hint" in held else None
        made.reason = text_of(held["for"], report) if "for" in held else None
        made.required = not computed and flag(held.get("required"), otherwise=True)
        made.made = KINDS[kind](made)
        self.reading.add(made)
        self.own(made, held, node, group)
        self.waiting.append(lambda: self.expressions(made, held, node))
        return made

    def kind_of(self, name: str, node: YamlNode) -> str:
        """The kind of a question. Raises ModelError where there is no such kind."""
        held = node.keys()
        kind = held["type"].text() if "type" in held else ""
        if kind not in KINDS:
            near = get_close_matches(kind, KINDS, 1)
            cure = f"Did you mean {near[0]!r}?" if near else f"Write type: and one of {', '.join(KINDS)}."
            about = f"There is no type {kind!r}" if kind else "It has no type"
            raise ModelError(f"{name!r}: {about}.", held["type"].place if kind else node.place, cure)
        return kind

    def own(self, made: Question, held: dict[str, YamlNode], node: YamlNode, group: Question | None) -> None:
        """What only some kinds have."""
        made.decimals = int(number(held["decimals"], 0, 10)) if "decimals" in held else 0
        self.limits(made, held)
        made.options = self.options(held["options"]) if "options" in held else {}
        made.rows = self.options(held["rows"]) if "rows" in held else {}
        for key in ("options", "rows"):
            if key in KINDS[made.kind].own and not getattr(made, key) and made.kind != "yes_no":
                raise ModelError(f"{made.name!r} has no {key}.", node.place, f"Add '{key}'.")
        if made.kind == "yes_no" and not set(made.options) <= {"yes", "no"}:
            raise ModelError(f"{made.name!r} has other options than yes and no.", node.place, "Use radios.")
        if "none" in held:
            made.none_of = held["none"].text()
            if made.none_of not in made.options:
                raise ModelError(
                    f"There is no option {made.none_of!r}.", held["none"].place, "Name one of the options."
                )
        if made.kind == "files":
            self.files(made, held)
        if made.kind == "group":
            self.group(made, held, node, group)

    def limits(self, made: Question, held: dict[str, YamlNode]) -> None:
        """`min` and `max`."""
        highest = LIMITED.get(made.kind, LARGEST - 1)
        lowest = 0 if made.kind in LIMITED else 1 - LARGEST
        made.least = number(held["min"], lowest, highest) if "min" in held else None
        made.most = number(held["max"], lowest, highest) if "max" in held else None
        if made.least is not None and made.most is not None and made.least > made.most:
            raise ModelError("'min' is more than 'max'.", held["min"].place, "Change one of them.")

    def options(self, node: YamlNode) -> dict[str, Option]:
        """Answers to choose from, or the rows of a matrix: the value, then the words for people."""
        found = node.keys()
        if len(found) > MOST_OPTIONS:
            raise ModelError(f"There are more than {MOST_OPTIONS:,} options.", node.place, "Leave some out.")
        return {as_name(value, each): self.option(value, each) for value, each in found.items()}

    def option(self, value: str, node: YamlNode) -> Option:
        """One of them: its label alone, or label and hint."""
        report = self.form.report
        if not isinstance(node.held, dict) or "label" not in node.held:
            return Option(value, text_of(node, report))
        held = node.keys(*OPTION)
        return Option(value, text_of(held["label"], report), text_of(held["hint"], report) if "hint" in held else None)

    def files(self, made: Question, held: dict[str, YamlNode]) -> None:
        """Which files are taken."""
        made.types = tuple(each.text() for each in held["types"].items()) if "types" in held else USUAL_TYPES
        if unknown := [each for each in made.types if each not in MEDIA]:
            cure = f"There are {', '.join(MEDIA)}."
            raise ModelError(f"There is no type of file {unknown[0]!r}.", held["types"].place, cure)
        made.megabytes = int(number(held["megabytes"], 1, MOST_MEGABYTES)) if "megabytes" in held else made.megabytes

    def group(self, made: Question, held: dict[str, YamlNode], node: YamlNode, group: Question | None) -> None:
        """The questions that are asked for each item."""
        depth, around = 1, group
        while around is not None:
            depth, around = depth + 1, self.form.questions.get(around.group)
        if depth > DEEPEST:
            raise ModelError(f"Groups stand more than {DEEPEST} deep.", node.place, "Take one apart.")
        if "questions" not in held or not held["questions"].keys():
            raise ModelError(f"The group {made.name!r} asks nothing.", node.place, "Add 'questions'.")
        made.most = made.most if made.most is not None else Decimal(MOST_ITEMS)
        made.least = made.least if made.least is not None or not made.required else Decimal(1)
        made.called = text_of(held["item"], self.form.report) if "item" in held else made.called
        made.inside = self.questions(held["questions"], made)

    def expressions(self, made: Question, held: dict[str, YamlNode], node: YamlNode) -> None:
        """Its conditions."""
        names = self.reading.names(made.group)
        made.when = self.reading.feel(held["when"], names) if "when" in held else None
        made.musts = self.reading.musts(held["must"], names) if "must" in held else ()
        if made.kind in COMPUTED:
            if "value" not in held:
                raise ModelError(f"{made.name!r} has no value.", node.place, "Add 'value', an expression.")
            made.value = self.reading.feel(held["value"], names)


def number(node: YamlNode, least: int, most: int) -> Decimal:
    """A number within limits. Raises ModelError."""
    try:
        found = Decimal(node.text()) if len(node.text()) <= DIGITS + 5 else Decimal("NaN")
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or digits(found) > DIGITS or not least <= found <= most:
        raise ModelError(f"{node.text()[:40]!r} is no number from {least:,} to {most:,}.", node.place, "Write digits.")
    return found
