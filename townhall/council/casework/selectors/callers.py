"""What the front desk needs about a caller: who it may be, what they have with us, what to know before speaking."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from townhall.council.casework.models import Contact
from townhall.council.casework.rules.callers import Known
from townhall.council.casework.selectors import names, timeline
from townhall.council.casework.selectors.clocks import Face, face
from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases.models import Case, Entry
from townhall.kernel.design import dates
from townhall.kernel.identity import selectors as identity
from townhall.kernel.identity.models import Person
from townhall.kernel.notify import selectors as notify

MOST_FOUND, MOST_CASES = 9, 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be the caller."""

    person: Person
    open_cases: int


@dataclass(frozen=True, slots=True)
class Matter:
    """A case of the caller's, with the last thing everybody could read of it."""

    case: Case
    title: str
    clock: Face
    last: str

    @property
    def status(self) -> str:
        """What its status is called."""
        return names.status(self.case)


def candidates(text: str, officer: Person) -> list[Candidate]:
    """The people whom the typed words may mean, the likeliest first, with how many open cases each has."""
    people = identity.search_people(text, MOST_FOUND) or _at_address(text)
    rows = Case.objects.seen_by(officer).open().filter(reporter__in=people).values_list("reporter_id", flat=True)
    numbers = list(rows)
    return [Candidate(person, numbers.count(person.pk)) for person in people]


def _at_address(text: str) -> list[Person]:
    """People named by the first word whose address has the others, as in `begum hope st`."""
    name, *rest = text.lower().split()
    if not rest:
        return []
    named = identity.search_people(name, 200)
    places = {each.pk: f"{each.name} {each.address} {each.postcode}".lower() for each in named}
    return [each for each in named if all(word in places[each.pk] for word in rest)][:MOST_FOUND]


def known(person: Person) -> Known:
    """What only the person themselves would know."""
    last = Case.objects.filter(reporter=person).order_by("-opened_at").values_list("category", flat=True).first()
    return Known(postcode=person.postcode, year_of_birth=person.year_of_birth, last_category=last or "")


def matters(person: Person, officer: Person, at: datetime, *, is_verified: bool) -> list[Matter]:
    """The person's cases that this officer may see, open ones first; only public ones until the caller is verified."""
    cases = Case.objects.seen_by(officer).filter(reporter=person).defer("search").order_by("closed_at", "-opened_at")
    found = list((cases if is_verified else cases.filter(is_public=True))[:MOST_CASES])
    found.sort(key=lambda case: not case.is_open)
    latest = Entry.objects.filter(case__in=found, is_public=True).select_related("actor").order_by("case", "-number")
    last = {entry.case_id: timeline.line(entry) for entry in latest.distinct("case")}
    return [Matter(case, names.case_title(case), face(case, at), _last(last.get(case.pk))) for case in found]


def _last(line: timeline.Line | None) -> str:
    return f"{line.title}. {line.text}".strip() if line else ""


def to_say(case: Case, at: datetime) -> str:
    """What to tell a caller about a case, in a sentence or two that can be read out."""
    if not case.is_open:
        closed = dates.day(timezone.localtime(case.closed_at).date(), _language())
        return _("%(status)s on %(day)s.") % {"status": names.status(case), "day": closed}
    if case.passed_to and not case.paused_at:
        return _theirs(case, at)
    if case.due_at is None:
        return _("%(status)s. There is no date yet.") % {"status": names.status(case)}
    due = dates.day(timezone.localtime(case.due_at).date(), _language())
    if case.paused_at:
        return _("We are waiting: %(reason)s. The date moves on until then.") % {"reason": case.paused_reason}
    if case.due_at < at:
        return _("I am sorry, we missed %(day)s. %(status)s; I will ask for a new date.") % {
            "day": due, "status": names.status(case)
        }  # fmt: skip
    return _("%(status)s. It will be done by %(day)s.") % {"status": names.status(case), "day": due}


def _theirs(case: Case, at: datetime) -> str:
    """What to tell a caller about a case that another council has."""
    other = authority.by_code(case.passed_to)
    name, number = (other.short_name, other.telephone) if other else (case.passed_to, "")
    if case.due_at is None:
        return _("%(council)s has it. They have not told us a date.") % {"council": name}
    values = {"council": name, "day": dates.day(timezone.localtime(case.due_at).date(), _language())}
    if case.due_at > at:
        return _("%(council)s has it and aims to deal with it by %(day)s.") % values
    told = _("%(council)s has it. It was due by %(day)s; they have not told us that it is done.") % values
    return told + " " + _("Their number is %(telephone)s.") % {"telephone": number} if number else told


def to_know(person: Person) -> list[str]:
    """What to know before speaking: language, how they like to hear from us, when they last rang."""
    lines = [_("Speaks Welsh with us.") if person.language == "cy" else _("Speaks English with us.")]
    if preference := notify.preference(person):
        channels = {"email": _("e-mail"), "sms": _("text"), "post": _("post")}
        if preference.channel:
            lines.append(_("Likes to hear by %(channel)s.") % {"channel": channels[preference.channel]})
        if preference.large_print:
            lines.append(_("Needs large print."))
    last = Contact.objects.filter(person=person).first()
    if last:
        day = dates.day(timezone.localtime(last.at).date(), _language())
        minutes = ngettext("%(number)s minute", "%(number)s minutes", last.minutes) % {"number": last.minutes}
        lines.append(_("Was in touch on %(day)s: %(minutes)s.") % {"day": day, "minutes": minutes})
    return lines


def _language() -> str:
    return "cy" if names.speaks_welsh() else "en"
