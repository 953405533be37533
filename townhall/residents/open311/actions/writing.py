"""Writing on our case what the authority that deals with it says, once each."""
from datetime import datetime

from django.db import transaction

from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.models import DONE, Case
from townhall.kernel.cases.rules import StatusRefused
from townhall.residents.open311 import rules
from townhall.residents.open311.models import Fetched, Forwarded

SHOWN = {"booked", "waiting"}
"""Statuses of theirs that our case takes over. While they look at it, ours stays "with another council"."""


def write_update(
    forwarded: Forwarded, *, update_id: str, status: str, text: str, told_at: datetime | None, at: datetime,
    code: str = "", text_cy: str = "",
) -> bool:  # fmt: skip
    """Write one update of theirs on our case; False where it was written before.

    Status words that we do not know change nothing. The entry has their time where that is possible: not before the
    case's last change, not in the future.
    """
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=forwarded.case_id)
        made = Fetched.objects.get_or_create(forwarded=forwarded, update_id=update_id, defaults={"at": at})[1]
        if not made:
            return False
        name = name_of(forwarded.gss_code)
        words = f"{name}: {text}" if text else ""
        words_cy = f"{name}: {text_cy}" if text_cy else ""
        moment = max(case.updated_at, min(told_at or at, at))
        _move(case, rules.ours(status, code=code, notes=text), words=words, words_cy=words_cy, at=moment)
        case.refresh_from_db(fields=["closed_at"])
        if forwarded.is_done != (not case.is_open):
            forwarded.is_done = not case.is_open
            forwarded.save(update_fields=["is_done"])
    return True


def _move(case: Case, status: str, *, words: str, words_cy: str, at: datetime) -> None:
    """Change the case to `status` with the words; where that cannot be, or is no change, keep the words alone."""
    try:
        with transaction.atomic():
            if status and not case.is_open and status not in DONE:
                cases.reopen(case_id=case.pk, by=None, at=at, text=words)
            elif status in DONE and case.is_open:
                cases.resolve(case_id=case.pk, outcome=status, by=None, at=at, text=words, text_cy=words_cy)
            elif status in SHOWN and status != case.status:
                cases.change_status(case_id=case.pk, status=status, by=None, at=at, text=words, text_cy=words_cy)
            elif status and status not in DONE and case.status in SHOWN and status not in SHOWN:
                cases.change_status(case_id=case.pk, status="passed", by=None, at=at, text=words, text_cy=words_cy)
            elif words:
                _add(case, words, at)
    except StatusRefused:
        if words:
            _add(case, words, at)


def _add(case: Case, words: str, at: datetime) -> None:
    cases.add_update(case_id=case.pk, says="update", text=words, at=at, data={"from": "authority"})


def write_date(forwarded: Forwarded, *, due_at: datetime, at: datetime) -> bool:
    """Promise the resident the date that they promise us; False where it is the same or the case is done."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(pk=forwarded.case_id)
        if not case.is_open or case.due_at == due_at:
            return False
        name = name_of(forwarded.gss_code)
        cases.tell_date(case_id=case.pk, due_at=due_at, by=None, at=max(case.updated_at, at),
                        text=f"{name} aims to deal with it by then.",
                        text_cy=f"Nod {name} yw delio ag ef erbyn hynny.")  # fmt: skip
    return True


def name_of(gss_code: str) -> str:
    """An authority's short name, else its code."""
    other = authority.by_code(gss_code)
    return other.short_name if other else gss_code
