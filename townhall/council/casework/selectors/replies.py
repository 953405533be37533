"""Replies that are ready to send: the council's wordings whose code begins with `reply_`, filled in for a case."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from townhall.council.casework.selectors import names
from townhall.kernel.cases.models import Case
from townhall.kernel.design import dates
from townhall.kernel.identity.models import Person
from townhall.kernel.notify import rules
from townhall.kernel.notify import selectors as notify
from townhall.kernel.notify.registries import letter_kinds

PREFIX = "reply_"


@dataclass(frozen=True, slots=True)
class Ready:
    """A reply to choose: its code and what officers call it."""

    code: str
    title: str


def ready() -> list[Ready]:
    """The replies that can be chosen, by title."""
    found = [
        Ready(kind.code, kind.title.partition(": ")[2] or kind.title)
        for kind in letter_kinds
        if kind.code.startswith(PREFIX)
    ]
    return sorted(found, key=lambda each: each.title)


def filled(code: str, case: Case, officer: Person) -> str:
    """A reply's words for a case, in the reporter's language where there is that wording. Empty for an unknown code."""
    if not code.startswith(PREFIX) or code not in letter_kinds:
        return ""
    wording = notify.wording(code).wording
    language = case.reporter.language if case.reporter else "en"
    language = language if wording.has(language) else "en"
    with override(language):
        values = _values(case, officer, case.due_at, language)
    known = dict.fromkeys(rules.placeholders_in(wording.parts(language)[1]), "") | values
    return rules.as_text(rules.fill(wording.parts(language)[1], known, base_url=settings.TOWNHALL_URL)).strip()


def _values(case: Case, officer: Person, due: datetime | None, language: str) -> dict[str, str]:
    return {
        "name": case.reporter.name if case.reporter else "",
        "what": names.case_title(case),
        "place": names.case_place(case),
        "reference": case.reference,
        "due": dates.day(timezone.localtime(due).date(), language) if due else "",
        "officer": officer.name,
    }
