"""What a browser sends: flat names with texts, made into a tree by the dots in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

MOST_FIELDS, LONGEST_NAME, DEEPEST = 5_000, 300, 12
LONGEST_VALUE = 200_000


class TooMuch(ValueError):
    """What was sent is more than any form asks for."""


@dataclass(slots=True)
class Fields:
    """A field and those whose names go on after a dot: `born` with `born.day`. `name` is the whole name."""

    name: str = ""
    values: list[str] = field(default_factory=list[str])
    inside: "dict[str, Fields]" = field(default_factory=dict[str, "Fields"])

    def text(self) -> str:
        """The text that was sent, the last where there are several; blanks around it are left out."""
        return self.values[-1].strip() if self.values else ""

    def part(self, name: str) -> "Fields":
        """A field inside; one with nothing in it where it was not sent."""
        return self.inside.get(name) or Fields(f"{self.name}.{name}")

    def is_blank(self) -> bool:
        """Whether nothing was filled in."""
        return not any(each.strip() for each in self.values) and all(each.is_blank() for each in self.inside.values())

    def renamed(self, name: str) -> "Fields":
        """The same under another name."""
        inside = {key: each.renamed(f"{name}.{key}") for key, each in self.inside.items()}
        return Fields(name, self.values, inside)

    def numbered(self) -> "list[Fields]":
        """The fields of the items of a group, numbered anew; those in which nothing was filled in are left out."""
        numbers = [key for key in self.inside if key.isascii() and key.isdigit() and len(key) < 10]
        found = [(int(key), self.inside[key]) for key in numbers]
        ordered = [each for _, each in sorted(found, key=lambda one: one[0]) if not each.is_blank()]
        return [each.renamed(f"{self.name}.{number}") for number, each in enumerate(ordered)]


def fields(raw: Mapping[str, str | Sequence[str]]) -> Fields:
    """The tree of what was sent. Raises TooMuch."""
    tree = Fields()
    if len(raw) > MOST_FIELDS:
        raise TooMuch(f"More than {MOST_FIELDS:,} fields were sent.")
    for name, sent in raw.items():
        parts = name.split(".")
        if len(name) > LONGEST_NAME or len(parts) > DEEPEST or any(len(each) > 60 for each in parts):
            raise TooMuch("A field has a name that is longer or deeper than any of the form.")
        values = [sent] if isinstance(sent, str) else list(sent)
        if len(values) > MOST_FIELDS or sum(map(len, values)) > LONGEST_VALUE:
            raise TooMuch(f"The field {name!r} holds more than {LONGEST_VALUE:,} characters.")
        node = tree
        for each in parts:
            node = node.inside.setdefault(each, Fields(f"{node.name}.{each}".removeprefix(".")))
        node.values = values
    return tree
