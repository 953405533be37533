"""How a report stands, in true words with their date: who has it, by when, and what slipped."""
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases.actions.opening import due
from townhall.kernel.cases.calendars import working_calendar
from townhall.kernel.cases.models import Case
from townhall.kernel.design import dates
from townhall.residents.reports.models import Category

DIALS = {"running": "on", "none": "ahead"}


@dataclass(frozen=True, slots=True)
class Promise:
    """What stands in the largest words on a report. `dial` and `share` are the clock's; `due_at` what is promised.

    `advice` is what the reader can do where the day of another council has gone.
    """

    status: str
    is_late: bool
    headline: str
    detail: str
    dial: str
    share: float
    due_at: datetime | None
    advice: str = ""


def language() -> str:
    """The reader's language: en or cy."""
    return "cy" if (get_language() or "en").startswith("cy") else "en"


def day_of(moment: datetime | None) -> str:
    """`Thursday 14 May` in the reader's language; empty for no moment."""
    local = timezone.localtime(moment) if moment else None
    return dates.day(local.date(), language(), today=timezone.localdate()) if local else ""


def owner_name(gss_code: str) -> str:
    """What another authority is called, in the reader's language."""
    other = authority.by_code(gss_code)
    return other.short_name if other else gss_code


def expected(case: Case, category: Category | None) -> datetime | None:
    """When the case should be done: its own date, or the other authority's usual time where it is with them."""
    if case.due_at or not case.passed_to:
        return case.due_at
    return due(case.opened_at, category.target_days if category else None)


def is_gone(case: Case, until: datetime | None, at: datetime) -> bool:
    """Whether the day a case should be done by has gone, while it is open and waits for nothing."""
    return bool(case.is_open and until and until <= at and not case.paused_at)


def promise(case: Case, category: Category | None, at: datetime) -> Promise:
    """How the case stands at a time."""
    clock, until = case.clock(at), expected(case, category)
    is_late = clock.state == "over" or (case.is_open and case.was_late)
    dial, share = DIALS.get(clock.state, clock.state), clock.share
    if case.passed_to and until and case.is_open:
        dial, share = "over" if is_gone(case, until, at) else "on", _used(case.opened_at, until, at)
    return Promise(
        status=case.status, is_late=is_late, headline=_headline(case, until, is_over=clock.state == "over"),
        detail=_detail(case, category, until, at), dial=dial, share=share, due_at=until,
        advice=advice(case, until, at),
    )  # fmt: skip


def _used(start: datetime, end: datetime, at: datetime) -> float:
    """The share of the time from start to end that is over, 0 to 1."""
    whole = (end - start).total_seconds()
    return min(1.0, max(0.0, (at - start).total_seconds() / whole)) if whole > 0 else 1.0


def _headline(case: Case, until: datetime | None, *, is_over: bool) -> str:
    day = day_of(until)
    if special := _special(case):
        return special
    if not day:
        return _("We have it")
    if is_over:
        return _("We promised %(day)s and missed it") % {"day": day}
    if case.status == "booked":
        return _("Work booked, done by %(day)s") % {"day": day}
    return _("Done by %(day)s") % {"day": day}


def _special(case: Case) -> str:
    """The headline of a case that makes no promise of ours: done, waiting, or with another council."""
    if not case.is_open:
        words = _("Fixed on %(day)s") if case.status == "fixed" else _("Closed on %(day)s")
        return words % {"day": day_of(case.closed_at)}
    if case.status == "waiting":
        return _("Waiting: %(reason)s") % {"reason": case.paused_reason} if case.paused_reason else _("Waiting")
    return _("%(council)s has it") % {"council": owner_name(case.passed_to)} if case.passed_to else ""


def _detail(case: Case, category: Category | None, until: datetime | None, at: datetime) -> str:
    words = (category.status_words if category else {}).get(case.status, {})
    said = words.get(language()) or words.get("en", "")
    who = _who(case, until, at)
    return " ".join(filter(None, (said, _left(case, until, at), who)))


def _who(case: Case, until: datetime | None, at: datetime) -> str:
    if not case.is_open:
        return ""
    if case.passed_to:
        if not until:
            return _("You follow it here; there is nothing more to fill in.")
        if is_gone(case, until, at):
            return _("It was due by %(day)s, and they have not told us that it is done.") % {"day": day_of(until)}
        return _("They aim to deal with it by %(day)s. You follow it here.") % {"day": day_of(until)}
    if case.team is None:
        return _("Nobody has it yet: our front desk gives it to a team.")
    team = (case.team.name_cy if language() == "cy" else "") or case.team.name
    return _("%(team)s has it.") % {"team": team}


def advice(case: Case, until: datetime | None, at: datetime) -> str:
    """What to do about a report whose day has gone at another council; empty for every other."""
    other = authority.by_code(case.passed_to) if case.passed_to else None
    if other is None or not is_gone(case, until, at):
        return ""
    ring = _("Ask them on %(telephone)s what happens now.") % {"telephone": other.telephone} if other.telephone else ""
    say_so = _("If you press “Still there” here, we tell them so.") if other.open311_url and case.is_public else ""
    return " ".join(filter(None, (ring, say_so)))


def _left(case: Case, until: datetime | None, at: datetime) -> str:
    if not case.is_open or until is None or case.passed_to or case.paused_at:
        return ""
    calendar = working_calendar(authority.ours().nation)
    today, day = timezone.localtime(at).date(), timezone.localtime(until).date()
    if day < today:
        return ""
    if day == today:
        return _("That is today.")
    days = calendar.days_between(today, day) + 1
    return _("That is the next working day.") if days == 1 else _("That is in %(days)s working days.") % {"days": days}


def short_line(case: Case, category: Category | None, at: datetime) -> str:
    """One line for a list: what is promised or what was done, with its day."""
    if not case.is_open:
        return day_of(case.closed_at)
    if case.status == "waiting":
        return case.paused_reason
    until = expected(case, category)
    values = {"day": day_of(until), "council": owner_name(case.passed_to) if case.passed_to else ""}
    if case.passed_to:
        return _theirs(is_gone(case, until, at) if until else None) % values
    if until is None:
        return ""
    return (_("promised %(day)s, missed") if until < at else _("by %(day)s")) % values


def _theirs(has_gone: bool | None) -> str:
    """The line of a report that another council has; `has_gone` is None where no day is known."""
    if has_gone is None:
        return _("%(council)s has it")
    return _("%(council)s has it, was due by %(day)s") if has_gone else _("%(council)s has it, due %(day)s")
