"""What a comparison says first: what changes for residents, in the order in which they meet it."""

from collections.abc import Iterable
from dataclasses import dataclass

from townhall.residents.editor.rules.comparing import Difference

MET = ("page", "question", "fee", "service", "bookable", "table", "rule", "letter", "step", "file")
"""What residents meet, in that order."""
COLLEAGUES = ("forms/", "examples/", "README.md")


@dataclass(frozen=True, slots=True)
class Apart:
    """Differences for residents, and those that colleagues alone see: their own forms, examples, notes."""

    residents: tuple[Difference, ...]
    colleagues: tuple[Difference, ...]


def apart(found: Iterable[Difference]) -> Apart:
    """Differences, those for residents first in the order of `MET`."""
    rows = list(found)
    theirs = [each for each in rows if each.about in MET and not each.file.startswith(COLLEAGUES)]
    others = [each for each in rows if each not in theirs]
    return Apart(tuple(sorted(theirs, key=lambda each: MET.index(each.about))), tuple(others))
