"""The promise on a case in words: when it runs out, then how long is left."""

from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases import rules
from townhall.kernel.cases.calendars import working_calendar
from townhall.kernel.cases.models import Case
from townhall.kernel.design import dates


@dataclass(frozen=True, slots=True)
class Face:
    """A dial and its two lines. `state` is one of the dial's forms; `share` the used part, 0 to 1."""

    state: str
    share: float
    when: str
    left: str


def face(case: Case, at: datetime) -> Face:
    """What the clock of a case shows at a time."""
    clock = case.clock(at)
    days = clock.days_left(working_calendar(authority.ours().nation))
    if clock.state == "done":
        return Face("done", 1.0, _("Done"), _finished(case))
    if clock.state == "none":
        elsewhere = authority.by_code(case.passed_to) if case.passed_to else None
        return Face(
            "ahead", 0.0, _("No date"), _("with %(name)s") % {"name": elsewhere.short_name} if elsewhere else ""
        )
    if case.paused_at:
        return _paused(case, case.paused_at, at, clock.share)
    return _running(clock, days)


def _finished(case: Case) -> str:
    closed = timezone.localtime(case.closed_at)
    return _("late, %(day)s") % {"day": short(closed)} if case.was_late else short(closed)


def _paused(case: Case, since: datetime, at: datetime, share: float) -> Face:
    days = (timezone.localtime(at).date() - timezone.localtime(since).date()).days
    when = (
        ngettext("Paused %(number)s day", "Paused %(number)s days", days) % {"number": days}
        if days
        else _("Paused today")
    )
    return Face("paused", share, when, case.paused_reason)


def _running(clock: rules.Clock, days: int) -> Face:
    due = timezone.localtime(clock.due_at)
    if clock.state == "over":
        if days < 0:
            over = ngettext("%(number)s day over", "%(number)s days over", -days) % {"number": -days}
            return Face("over", 1.0, over, _("was due %(day)s") % {"day": short(due)})
        return Face("over", 1.0, _("Over since %(hour)s") % {"hour": dates.hour(due, _locale())}, _("was due today"))
    state = "soon" if days <= 1 else "on"
    today = timezone.localtime(clock.at).date()
    if due.date() == today:
        return Face(state, clock.share, _("Today %(hour)s") % {"hour": dates.hour(due, _locale())}, _left_today(clock))
    left = ngettext("%(number)s day left", "%(number)s days left", days) % {"number": days}
    when = _("Tomorrow") if (due.date() - today).days == 1 else short(due)
    return Face(state, clock.share, when, left)


def _left_today(clock: rules.Clock) -> str:
    minutes = int((clock.due_at - clock.at).total_seconds() // 60) if clock.due_at else 0
    if minutes < 60:
        return ngettext("%(number)s minute left", "%(number)s minutes left", minutes) % {"number": minutes}
    hours = minutes // 60
    return ngettext("%(number)s hour left", "%(number)s hours left", hours) % {"number": hours}


def short(moment: datetime) -> str:
    """A local day in few words: `Thu 14` within three weeks, else `14 May`, with the year where it is another."""
    today = timezone.localdate()
    if abs((moment.date() - today).days) < 21:
        return dates.short_day(moment.date(), _locale())
    return format_date(moment.date(), "d MMM" if moment.year == today.year else "d MMM y", locale=_locale())


def _locale() -> str:
    return "cy" if (get_language() or "en").startswith("cy") else "en"
