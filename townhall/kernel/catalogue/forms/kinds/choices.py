"""Answers that are chosen: yes or no, one of several, several of several, one in each row, a box to tick."""

from collections.abc import Iterator
from typing import Any

from townhall.kernel.catalogue.decisions.feel.kinds import ANY, BOOLEAN
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.forms.kinds.base import Kind, Read, Wrong, kind, wrong
from townhall.kernel.catalogue.forms.model import Json
from townhall.kernel.catalogue.forms.raw import Fields
from townhall.kernel.catalogue.words import Text, joined

YES, NO = Text("Yes", "Ie"), Text("No", "Na")
TRUTHS = {"yes": True, "true": True, "no": False, "false": False}


@kind("yes_no")
class YesNo(Kind):
    """Yes or no; `options` may have other words for the two."""

    own = ("options",)
    feel = BOOLEAN
    missing = "unchosen"

    def read(self, sent: Fields) -> Read:
        """`yes` or `no`."""
        if not sent.text():
            return Read()
        if sent.text() not in TRUTHS:
            return Read(None, wrong("option"))
        return Read(TRUTHS[sent.text()])

    def check(self, value: Json) -> Iterator[Wrong]:
        """It is true or false."""
        if not isinstance(value, bool):
            yield wrong("shape")

    def value(self, kept: Json) -> Value:
        """True or false."""
        return kept if isinstance(kept, bool) else None

    def shown(self, value: Any) -> Text:
        """The words of the form, else yes or no."""
        own = self.question.options.get("yes" if value else "no")
        return own.label if own else YES if value else NO

    def schema(self) -> dict[str, Any]:
        """True or false."""
        return {"type": "boolean"}


@kind("declaration")
class Declaration(YesNo):
    """A box that must be ticked."""

    own = ()
    missing = "undeclared"

    def read(self, sent: Fields) -> Read:
        """Ticked or not."""
        return Read(True if TRUTHS.get(sent.text()) else None)

    def check(self, value: Json) -> Iterator[Wrong]:
        """It is ticked."""
        if value is not True:
            yield wrong("undeclared")

    def schema(self) -> dict[str, Any]:
        """Ticked."""
        return {"const": True}


@kind("radios")
class Radios(Kind):
    """One of several."""

    own = ("options",)
    missing = "unchosen"

    def check(self, value: Json) -> Iterator[Wrong]:
        """It is one of those that there are."""
        if not isinstance(value, str):
            yield wrong("shape")
        elif value not in self.question.options:
            yield wrong("option")

    def value(self, kept: Json) -> Value:
        """The option's value."""
        return kept if isinstance(kept, str) and kept in self.question.options else None

    def shown(self, value: Any) -> Text:
        """The option's words."""
        return self.question.options[value].label

    def schema(self) -> dict[str, Any]:
        """One of the values."""
        return {"enum": list(self.question.options)}


@kind("select")
class Select(Radios):
    """One of many, found by typing. What is typed may be an option's words in either language."""

    def read(self, sent: Fields) -> Read:
        """The value, else the words."""
        typed = sent.text()
        if not typed or typed in self.question.options:
            return Read(typed or None)
        for each in self.question.options.values():
            if typed.casefold() in {each.label.en.casefold(), each.label.cy.casefold()}:
                return Read(each.value)
        return Read(None, wrong("option"))


@kind("checkboxes")
class Checkboxes(Kind):
    """Several of several; `none` is the option that goes with no other."""

    own = ("options", "min", "max", "none")
    feel = ANY
    missing = "unchosen"

    def read(self, sent: Fields) -> Read:
        """Each value that was ticked, once."""
        return Read(list(dict.fromkeys(each for each in sent.values if each)) or None)

    def check(self, value: Json) -> Iterator[Wrong]:
        """They are of those that there are, not too few, not too many."""
        if not isinstance(value, list) or not value or len(set(map(str, value))) != len(value):
            yield wrong("shape")
        elif any(not isinstance(each, str) or each not in self.question.options for each in value):
            yield wrong("option")
        elif self.question.none_of in value:
            if len(value) > 1:
                yield wrong("alone", none=self.question.options[self.question.none_of].label)
        elif self.question.least is not None and len(value) < self.question.least:
            yield wrong("too_few")
        elif self.question.most is not None and len(value) > self.question.most:
            yield wrong("too_many")

    def value(self, kept: Json) -> Value:
        """The values, as a list."""
        if not isinstance(kept, list) or not kept:
            return None
        return kept if all(isinstance(each, str) and each in self.question.options for each in kept) else None

    def shown(self, value: Any) -> Text:
        """The options' words."""
        return joined([self.question.options[each].label for each in value], ", ")

    def schema(self) -> dict[str, Any]:
        """A list of the values."""
        others = {"enum": [each for each in self.question.options if each != self.question.none_of]}
        made: dict[str, Any] = {"type": "array", "items": others, "uniqueItems": True, "minItems": 1}
        made |= {"minItems": max(1, int(self.question.least))} if self.question.least is not None else {}
        made |= {"maxItems": int(self.question.most)} if self.question.most is not None else {}
        return {"anyOf": [made, {"const": [self.question.none_of]}]} if self.question.none_of else made


@kind("matrix")
class Matrix(Kind):
    """One answer in each row, of the same few."""

    own = ("rows", "options")
    feel = ANY
    missing = "unchosen"

    def read(self, sent: Fields) -> Read:
        """The value of each row that has one."""
        return Read({row: sent.part(row).text() for row in self.question.rows if sent.part(row).text()} or None)

    def check(self, value: Json) -> Iterator[Wrong]:
        """Every row has one of the answers."""
        if not isinstance(value, dict) or not set(value) <= set(self.question.rows):
            yield wrong("shape")
            return
        for name, row in self.question.rows.items():
            if name not in value:
                yield wrong("row", part=name, row=row.label)
            elif not isinstance(value[name], str) or value[name] not in self.question.options:
                yield wrong("option", part=name)

    def value(self, kept: Json) -> Value:
        """A context with the value of each row."""
        if not isinstance(kept, dict):
            return None
        chosen = {name: kept.get(name) for name in self.question.rows}
        return {name: each if isinstance(each, str) else None for name, each in chosen.items()}

    def shown(self, value: Any) -> Text:
        """A line for each row."""
        rows = [(row, value[name]) for name, row in self.question.rows.items() if name in value]
        return joined([joined([row.label, self.question.options[chosen].label], ": ") for row, chosen in rows], "\n")

    def schema(self) -> dict[str, Any]:
        """A value for each row."""
        one = {"enum": list(self.question.options)}
        return {
            "type": "object",
            "properties": dict.fromkeys(self.question.rows, one),
            "required": list(self.question.rows),
            "additionalProperties": False,
        }
