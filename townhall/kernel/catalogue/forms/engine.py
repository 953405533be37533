"""The door: a form, compiled once for each version, and the functions that take somebody through it.

form = load(Path("form.yaml"))
found = checked(form, "items", {"item_count": "3"}, answers)
next_page(form, found.answers, "items")
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from townhall.kernel.catalogue.decisions.limits import LimitReached
from townhall.kernel.catalogue.decisions.model import ModelError
from townhall.kernel.catalogue.forms.arriving import arrived, files_named
from townhall.kernel.catalogue.forms.checking import Checked, checked, first_unanswered, submitted
from townhall.kernel.catalogue.forms.kinds.base import Upload
from townhall.kernel.catalogue.forms.model import Asked, Form, Json, Mistake
from townhall.kernel.catalogue.forms.raw import TooMuch
from townhall.kernel.catalogue.forms.reading import content_of, read
from townhall.kernel.catalogue.forms.summing import Row, Task, summary, tasks
from townhall.kernel.catalogue.forms.visiting import Facts, Visit, asked

__all__ = [
    "Asked",
    "Checked",
    "Form",
    "LimitReached",
    "Mistake",
    "ModelError",
    "Row",
    "Task",
    "TooMuch",
    "Upload",
    "arrived",
    "asked",
    "checked",
    "counted",
    "files_named",
    "first_unanswered",
    "load",
    "next_page",
    "opened",
    "previous_page",
    "submitted",
    "summary",
    "tasks",
]
MOST_KEPT = 64


@lru_cache(maxsize=MOST_KEPT)
def opened(content: bytes, file: str = "form.yaml") -> Form:
    """The form of a text, compiled once for each content. Raises ModelError where no form comes of it at all."""
    return read(content, file)


def load(path: Path) -> Form:
    """The form of a file. Raises ModelError with file, line and cure."""
    return opened(content_of(path), path.name)


def counted(form: Form, answers: Mapping[str, Json], *, facts: Facts | None = None) -> dict[str, Json]:
    """The answers that count, with calculated and hidden values: what a case is opened with."""
    visit = Visit(form, answers, facts)
    return visit.counted(visit.pages())


def next_page(form: Form, answers: Mapping[str, Json], page: str, *, facts: Facts | None = None) -> str | None:
    """The page that comes after one, asked or not; none where that was the last. Raises KeyError."""
    order = list(form.pages)
    at = order.index(form.pages[page].name)
    names = set(asked(form, answers, facts).names())
    return next((each for each in order[at + 1 :] if each in names), None)


def previous_page(form: Form, answers: Mapping[str, Json], page: str, *, facts: Facts | None = None) -> str | None:
    """The page that comes before one, asked or not; none where that is the first. Raises KeyError."""
    order = list(form.pages)
    at = order.index(form.pages[page].name)
    names = set(asked(form, answers, facts).names())
    return next((each for each in reversed(order[:at]) if each in names), None)
