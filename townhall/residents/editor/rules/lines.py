"""What differs between two versions of a service, line by line."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass

Files = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Lines:
    """A file that differs, line by line: a sign (+, -, space or @) and the text."""

    file: str
    lines: tuple[tuple[str, str], ...]


def line_differences(before: Files, after: Files) -> tuple[Lines, ...]:
    """The files that differ, line by line with three lines around each difference."""
    found: list[Lines] = []
    for file in sorted({*before, *after}):
        old, new = before.get(file, ""), after.get(file, "")
        if before.get(file) != after.get(file):
            made = list(difflib.unified_diff(old.split("\n"), new.split("\n"), lineterm="", n=3))[2:]
            found.append(
                Lines(file, tuple((each[:1] or " ", each if each.startswith("@") else each[1:]) for each in made))
            )
    return tuple(found)
