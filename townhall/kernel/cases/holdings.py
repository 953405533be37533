"""What cases hold about people: what they reported, what was said, and the lists that staff keep."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from townhall.kernel.cases.models import Case, Entry, SavedList, Task
from townhall.kernel.design.statuses import STATUSES
from townhall.kernel.identity.models import Person
from townhall.kernel.identity.registries import still_wanted
from townhall.kernel.privacy.registries import Holding, Record, Retention, holding, not_personal

SEVEN_YEARS = 7 * 365 + 2
SAID_TO_ALL = frozenset({"reply", "letter"})
"""Entries that are not public, and went to the person all the same."""


def words_of_others(person: Person) -> Q:
    """Updates of other people on a case, and their calls about it: those are theirs."""
    update = Q(kind="update") & ~Q(actor=person)
    call = Q(kind="contact", data__has_key="caller") & ~Q(data__caller=str(person.pk))
    return update | call


def find_cases(person: Person) -> list[Record]:
    """The person's cases with all that was said on them, and what the person said on other people's."""
    found: list[Record] = []
    mine = Case.objects.filter(reporter=person).select_related("team").order_by("opened_at")
    for case in mine:
        said = Entry.objects.filter(case=case).exclude(words_of_others(person)).select_related("case")
        found += [_case(case), *(_entry(entry, person) for entry in said)]
    if not person.roles:
        elsewhere = Entry.objects.filter(actor=person).exclude(case__reporter=person).select_related("case")
        found += [_entry(entry, person) for entry in elsewhere.order_by("at")]
    return found


def find_work(person: Person) -> list[Record]:
    """How much the person did on cases as staff, and the lists they saved."""
    if not person.roles:
        return []
    values = {
        _("Entries written"): Entry.objects.filter(actor=person).count(),
        _("Cases assigned"): Case.objects.filter(assignee=person).count(),
        _("Tasks"): Task.objects.filter(Q(assignee=person) | Q(done_by=person)).count(),
    }
    lists = [
        Record(_("List that you saved"), None, {_("Name"): each.name, _("Filter"): each.query})
        for each in SavedList.objects.filter(person=person)
    ]
    return [Record(_("Your work on cases"), None, values), *lists]


def _case(case: Case) -> Record:
    values = {
        _("Reference"): case.reference,
        _("About"): case.title,
        _("Place"): case.place,
        _("Status"): str(STATUSES[case.status].words),
        _("Came by"): case.channel,
        _("Team"): case.team.name if case.team else "",
        _("Promised for"): case.due_at,
        _("Closed"): case.closed_at,
    }
    return Record(_("Case"), case.opened_at, values)


def _entry(entry: Entry, person: Person) -> Record:
    words = " / ".join(filter(None, (entry.text, entry.text_cy, str(entry.data.get("title") or ""))))
    among_staff = not entry.is_public and entry.actor_id != person.pk and entry.kind not in SAID_TO_ALL
    title = _("On case %(reference)s") % {"reference": entry.case.reference}
    return Record(title, entry.at, {entry.kind: words or "✓"}, is_internal=among_staff)


def _old(moment: datetime) -> QuerySet[Any]:
    return Case.objects.filter(closed_at__lt=moment, reporter__isnull=False)


def _forget(keys: Sequence[Any]) -> int:
    """Leave the case without its person and without the words that people wrote; what happened, and when, stays."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local townhall.redacting = 'on'")
        said = Entry.objects.filter(case__in=keys).exclude(kind="routed")
        said.update(text="", text_cy="")
        said.filter(kind__in=("contact", "update")).update(data={})
        count = Case.objects.filter(pk__in=keys).update(
            reporter=None, search=SearchVector("reference", "title", "title_cy", "place", config="simple")
        )
        cursor.execute("set local townhall.redacting = 'off'")
    return count


holding(
    Holding(
        key="cases.cases",
        title=gettext_lazy("What you reported or asked for, and what was said about it"),
        lawful_basis=gettext_lazy("Public task (UK GDPR, Article 6(1)(e))"),
        retention=Retention(
            SEVEN_YEARS, gettext_lazy("it was closed; then your name and all words are removed"), _old, _forget
        ),
        models=("cases.Case", "cases.Entry"),
        find=find_cases,
    )
)
holding(
    Holding(
        key="cases.work",
        title=gettext_lazy("Your work on cases, for staff"),
        lawful_basis=gettext_lazy("Public task (UK GDPR, Article 6(1)(e))"),
        retention=Retention(None, gettext_lazy("As long as the case it belongs to")),
        models=("cases.Task", "cases.SavedList"),
        find=find_work,
    )
)


@still_wanted.register("cases")
def reporters(moment: datetime) -> Q:
    """Whoever has a case that is open, or was finished after a moment."""
    unfinished = Q(reported_cases__isnull=False, reported_cases__closed_at=None)
    return unfinished | Q(reported_cases__closed_at__gte=moment)


not_personal.add("cases.Routing", "names of routing rules")
