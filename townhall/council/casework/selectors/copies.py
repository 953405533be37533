"""What a caller can be sent of a case, and what those letters say."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from townhall.council.casework.rules.copies import COPIES
from townhall.council.casework.selectors import names
from townhall.kernel.cases.models import Case
from townhall.kernel.cases.registries import case_kinds
from townhall.kernel.design import dates
from townhall.kernel.design.context import shell_link
from townhall.kernel.identity.models import Person
from townhall.kernel.identity.rules import national
from townhall.kernel.notify import selectors as notify


@dataclass(frozen=True, slots=True)
class Offer:
    """A tick: its code, what it sends, and where that goes."""

    code: str
    what: str
    where: str


def named() -> dict[str, str]:
    """What can be sent, by code, in words."""
    return {
        "reference_sms": _("The reference, by text"), "reference_email": _("The reference, by e-mail"),
        "copy_email": _("A copy of it, by e-mail"), "copy_post": _("A copy of it, by post"),
    }  # fmt: skip


def offers(person: Person) -> list[Offer]:
    """What this caller can be sent, by the channels that reach them."""
    ways = notify.ways_to(person)
    words = named()
    shown = ((code, ways.get(copy.channel, ""), copy.channel) for code, copy in COPIES.items())
    return [Offer(code, words[code], _short(where, channel)) for code, where, channel in shown if where]


def _short(where: str, channel: str) -> str:
    if channel == "sms":
        return national(where)
    return ", ".join(where.splitlines()[1:]) if channel == "post" else where


def values(case: Case, person: Person, at: datetime) -> dict[str, Any]:
    """What the letters say of a case, in the language that is active."""
    language = "cy" if names.speaks_welsh() else "en"
    kind = case_kinds.get(case.kind)
    due = dates.day(timezone.localtime(case.due_at).date(), language) if case.due_at and case.is_open else ""
    is_over = bool(due and case.due_at and case.due_at <= at and not case.paused_at)
    words = kind.words(case) if kind else ""
    path = kind.public_path(case) if kind else None
    return {
        "name": person.name, "reference": case.reference, "what": names.case_title(case),
        "place": names.case_place(case), "status": names.status(case),
        "day": dates.day(timezone.localtime(case.opened_at).date(), language),
        "words": words, "has_words": bool(words), "link": path or shell_link("account"),
        "due": "" if is_over else due, "has_due": bool(due) and not is_over,
        "was_due": due if is_over else "", "is_over": is_over,
    }  # fmt: skip
