"""What is counted of a form: each thing once for each filling in, by page and question; nothing that was typed."""

from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from townhall.kernel.catalogue.forms.model import Mistake, Page


class What(StrEnum):
    """What is counted. The first three are of the whole form, the others of a page; `mistake` is of a question too."""

    STARTED = "started"
    SAVED = "saved"
    SENT = "sent"
    REACHED = "reached"
    ANSWERED = "answered"
    REFUSED = "refused"
    MISTAKE = "mistake"
    LEFT = "left"


class Mark(NamedTuple):
    """Something that one filling in came to. `page` is empty for the whole form and for "check your answers"."""

    page: str
    what: What
    question: str = ""
    rule: str = ""

    @property
    def key(self) -> str:
        """How an application remembers that it was counted."""
        return " ".join(self)


FILE = "file"
"""The rule of a file that we do not take: its kind, its size, or what is in it."""


def fresh(marks: Iterable[Mark], counted: Collection[str]) -> list[Mark]:
    """Those that were not counted yet, each once."""
    return [each for each in dict.fromkeys(marks) if each.key not in counted]


def refusal(page: Page, mistakes: Iterable[Mistake]) -> Iterator[Mark]:
    """That a page was not taken, and why: by question, in whatever item of a group; a rule of the page has none."""
    of_page = {each.say for each in page.musts}
    yield Mark(page.name, What.REFUSED)
    for each in mistakes:
        is_pages = each.rule.startswith("must_") and each.text in of_page
        yield Mark(page.name, What.MISTAKE, "" if is_pages else each.question.rpartition(".")[2], each.rule)
