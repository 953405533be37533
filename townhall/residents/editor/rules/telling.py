"""What a comparison says first: what changes for residents, in the order in which they meet it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from townhall.residents.editor.rules.comparing import Difference
from townhall.residents.editor.rules.messages import BUTTONS, PARTNERS, messages_of
from townhall.residents.editor.rules.yaml_files import CannotChange, as_list, as_map, opened

MET = (
    "page", "question", "fee", "service", "bookable", "table", "rule", "letter", "document", "button", "message",
    "partner", "step", "file",
)  # fmt: skip
"""What residents meet, in that order."""
COLLEAGUES = ("forms/", "examples/", "README.md")


@dataclass(frozen=True, slots=True)
class Apart:
    """Differences for residents, and those that colleagues alone see: their own forms, examples, notes."""

    residents: tuple[Difference, ...]
    colleagues: tuple[Difference, ...]


def filled_outside(files: Mapping[str, str]) -> frozenset[str]:
    """The files of forms that whoever applied or a partner fills in, with a message; none while that cannot be read."""
    try:
        process, sheet = (opened(files.get(file, ""), file) for file in ("process.yaml", "service.yaml"))
    except CannotChange:
        return frozenset()
    said = {str(name) for name in as_map(sheet.get(BUTTONS))}
    for partner in as_map(sheet.get(PARTNERS)).values():
        said |= {str(name) for name in as_list(as_map(partner).get("tells"))}
    asked = [each.form for each in messages_of(process, sheet) if each.form and each.name in said]
    return frozenset(f"forms/{form}.yaml" for form in asked)


def apart(found: Iterable[Difference], outside: Collection[str] = ()) -> Apart:
    """Differences, those for residents first in the order of `MET`. `outside` are forms that others than colleagues
    fill in.
    """
    rows = list(found)
    theirs = [
        each for each in rows
        if each.about in MET and (each.file in outside or not each.file.startswith(COLLEAGUES))
    ]  # fmt: skip
    others = [each for each in rows if each not in theirs]
    return Apart(tuple(sorted(theirs, key=lambda each: MET.index(each.about))), tuple(others))
