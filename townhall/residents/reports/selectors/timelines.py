"""A report's timeline in public words, newest first, with what is still to come on top."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from townhall.kernel.cases.models import Case, Entry
from townhall.kernel.design.statuses import STATUSES
from townhall.residents.reports.models import Category, Report
from townhall.residents.reports.selectors.promises import day_of, expected, is_gone, language


@dataclass(frozen=True, slots=True)
class Line:
    """One line, as design's `timeline` draws it: `code` is a status shape, `glyph` a neutral sign."""

    title: str
    text: str = ""
    at: datetime | None = None
    code: str = ""
    glyph: str = ""
    is_next: bool = False


def timeline(report: Report, category: Category | None, at: datetime) -> list[Line]:
    """What the public may read of a case's history, newest first. Steps that were undone are left out."""
    case = report.case
    entries = list(Entry.objects.filter(case=case).order_by("number"))
    undone = {entry.data.get("undoes") for entry in entries if entry.kind == "undone"}
    shown = [entry for entry in entries if entry.is_public and entry.number not in undone]
    promised = _promised(case, entries)
    theirs = next((entry.number for entry in shown if entry.data.get("authority")), None) if case.passed_to else None
    lines = [line for entry in shown if (line := _line(entry, report, shown, promised, theirs)) is not None]
    coming = _next(case, category, at)
    return ([coming] if coming else []) + lines[::-1]


def _promised(case: Case, entries: Sequence[Entry]) -> dict[int, str | None]:
    """The promised date after each entry that changed it, worked back from the present one."""
    dates: dict[int, str | None] = {}
    present = case.due_at.isoformat() if case.due_at else None
    for entry in reversed(entries):
        was = entry.data.get("was", {})
        if "due_at" in was:
            dates[entry.number] = present
            present = was["due_at"]
    return dates


def _next(case: Case, category: Category | None, at: datetime) -> Line | None:
    if not case.is_open:
        return None
    until = expected(case, category)
    step = category.next_step_cy if category and language() == "cy" else (category.next_step if category else "")
    if until is None:
        return Line(title=_("Next"), text=step, is_next=True) if step else None
    if case.passed_to:
        return Line(title=_("Next"), text=_theirs(case, step, until, at), is_next=True)
    if until < at:
        return Line(title=_("Next: a new date"), text=_("It is late. We say here what happens and when."), is_next=True)
    promise = _("Promised by %(day)s. If it slips, we say so here the same day.") % {"day": day_of(until)}
    return Line(title=_("Next"), text=" ".join(filter(None, (step, promise))), is_next=True)


def _theirs(case: Case, step: str, until: datetime, at: datetime) -> str:
    """What is to come of a report that another council has."""
    if is_gone(case, until, at):
        return _("It was due by %(day)s. When they tell us more, we say it here.") % {"day": day_of(until)}
    return " ".join(filter(None, (step, _("They aim for %(day)s.") % {"day": day_of(until)})))


def _line(
    entry: Entry, report: Report, shown: Sequence[Entry], promised: dict[int, str | None], theirs: int | None
) -> Line | None:
    """An entry in public words; None where it has none. From entry number `theirs` on another council had the case."""
    text = (entry.text_cy if language() == "cy" else "") or entry.text
    if entry.kind == "received":
        return Line(title=_("Reported"), text=_how_it_came(report, shown), at=entry.at, code="received")
    if entry.kind == "date":
        day = _day_of_text(promised.get(entry.number))
        title = _("New date: %(day)s") % {"day": day} if day else _("New date")
        return Line(title=title, text=text, at=entry.at, code=report.case.status)
    if entry.kind == "update":
        return Line(title=_said(entry.data), text=text, at=entry.at, glyph="words")
    if entry.kind == "reply":
        return Line(title=_("We wrote"), text=text, at=entry.at, glyph="letter")
    if entry.kind == "passed":
        team = entry.data.get("team", "")
        return Line(title=_("Passed to %(team)s") % {"team": team}, at=entry.at, glyph="link")
    title = _status_title(entry, is_theirs=theirs is not None and entry.number > theirs)
    return Line(title=title, text=text, at=entry.at, code=_code(entry)) if title else None


def _day_of_text(value: Any) -> str:
    return day_of(datetime.fromisoformat(value)) if value else ""


def _status_title(entry: Entry, *, is_theirs: bool) -> str:
    named = {
        "missed": _("Their date has gone by") if is_theirs else _("We missed our date"),
        "reopened": _("Opened again"),
        "paused": _("Waiting for information"),
        "resumed": _("We carry on"),
    }
    if entry.kind in named:
        return named[entry.kind]
    if entry.kind == "status" and entry.status == "passed" and entry.data.get("authority"):
        return _("Passed to %(team)s") % {"team": entry.data["authority"]}
    if entry.kind in {"status", "resolved"} and entry.status in STATUSES:
        return str(STATUSES[entry.status].words)
    return ""


def _code(entry: Entry) -> str:
    return "missed" if entry.kind == "missed" else entry.status or "received"


def _said(data: dict[str, Any]) -> str:
    if data.get("supports"):
        return _("Somebody else has met the same problem")
    says = data.get("says")
    if says == "still_there":
        return _("Somebody says it is still there")
    return _("Somebody says it is fixed") if says == "fixed" else _("A note from a resident")


def _how_it_came(report: Report, shown: Sequence[Entry]) -> str:
    """By whom and with what, and to which team it was sent and why."""
    if report.shows_name and report.case.reporter:
        by = _("By %(name)s") % {"name": report.case.reporter.name}
    else:
        by = _("By a resident")
    if report.photo_count:
        count = report.photo_count
        by += ngettext(", with a photo", ", with %(count)s photos", count) % {"count": count}
    routed = next((entry for entry in shown if entry.kind == "routed"), None)
    reason = ((routed.text_cy if language() == "cy" else "") or routed.text) if routed else ""
    return " ".join(filter(None, (by + ".", reason)))
