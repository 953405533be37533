"""The lists of cases: what is in them for whom, in pages, and how many."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.core.exceptions import EmptyResultSet
from django.db.models import F, Func, Q, TextField, Value
from django.utils import timezone

from townhall.council.casework.rules.filters import MOST, Count, Cursor, Filter
from townhall.kernel.cases.models import Case, CaseQuerySet, Status
from townhall.kernel.geo.rules import bbox_from_text
from townhall.kernel.identity.models import Person
from townhall.kernel.modules import databases
from townhall.kernel.modules.keys import tidy_reference

PAGE_SIZE = 50
LATELY = timedelta(days=14)
SORTED_BY = {"clock": "due_at", "newest": "opened_at", "changed": "updated_at"}


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list; `after` is where the next one begins, if there is one."""

    cases: list[Case]
    after: Cursor | None


def listed(chosen: Filter, person: Person, at: datetime) -> CaseQuerySet:
    """The cases of a list that this person may see, in no order."""
    cases = _named(chosen, person, at)
    if chosen.team and chosen.name != "team":
        cases = cases.filter(team__code=chosen.team)
    if chosen.status == "over":
        cases = cases.overdue(at)
    elif chosen.status:
        cases = cases.filter(status=chosen.status)
    if chosen.ward:
        cases = cases.filter(ward=chosen.ward)
    if chosen.category:
        cases = cases.filter(category=chosen.category)
    if chosen.channel:
        cases = cases.filter(channel=chosen.channel)
    if chosen.person:
        cases = cases.filter(_whose(chosen.person, person))
    if chosen.box and (box := bbox_from_text(chosen.box)):
        cases = cases.filter(point__in_box=box)
    return with_words(cases, chosen.text) if chosen.text else cases


def _named(chosen: Filter, person: Person, at: datetime) -> CaseQuerySet:
    if chosen.name == "mine":
        return Case.objects.open().filter(assignee_id=person.pk)
    cases = Case.objects.seen_by(person)
    if chosen.name == "done":
        return cases.filter(closed_at__isnull=False, updated_at__gte=at - LATELY)
    cases = cases.open()
    narrow = {
        "team": Q(team__code=chosen.team),
        "nobody": Q(assignee_id__isnull=True),
        "today": Q(due_at__gte=at, due_at__lte=end_of_day(at), paused_at__isnull=True),
        "paused": Q(paused_at__isnull=False),
        "reopened": Q(reopened__gt=0),
    }
    if chosen.name == "over":
        return cases.overdue(at)
    return cases.filter(narrow[chosen.name]) if chosen.name in narrow else cases


def end_of_day(at: datetime) -> datetime:
    """The last moment of the local day."""
    return datetime.combine(timezone.localtime(at).date(), time.max, timezone.get_default_timezone())


def _whose(whose: str, person: Person) -> Q:
    if whose == "nobody":
        return Q(assignee_id__isnull=True)
    try:
        return Q(assignee_id=person.pk if whose == "me" else UUID(whose))
    except ValueError:
        return Q(pk__in=[])


def with_words(cases: CaseQuerySet, text: str) -> CaseQuerySet:
    """The cases whose reference is typed, or in whose text all the words are."""
    if reference := tidy_reference(text):
        return cases.filter(Q(reference=reference) | Q(search=words_query(text)))
    return cases.filter(search=words_query(text))


def words_query(text: str) -> SearchQuery:
    """Typed words as a full-text question, without accents; a minus leaves a word out, quotes keep words together."""
    plain = Func(Value(text, output_field=TextField()), function="public.unaccent", output_field=TextField())
    return SearchQuery(plain, config="simple", search_type="websearch")


def page(chosen: Filter, person: Person, at: datetime, *, after: Cursor | None = None, size: int = PAGE_SIZE) -> Page:
    """A page of a list in its order, with teams and people. One statement for the first page, two at most for others:
    cases without a date come last.
    """
    cases = listed(chosen, person, at).select_related("team", "assignee").defer("search")
    found = list(following(cases, chosen.sort, after)[: size + 1]) if after is None or after.value else []
    if after is not None and chosen.sort == "clock" and len(found) <= size:
        undated = cases.filter(due_at__isnull=True).order_by("id")
        if after.value is None:
            undated = undated.filter(id__gt=after.key)
        found += undated[: size + 1 - len(found)]
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], Cursor(getattr(last, SORTED_BY[chosen.sort]), last.pk) if last else None)


def following(cases: CaseQuerySet, sort: str, after: Cursor | None) -> CaseQuerySet:
    """The cases in order, those without a date last; from behind a cursor on, those with a date. An index answers."""
    name = SORTED_BY[sort]
    cases = cases.order_by("due_at" if sort == "clock" else f"-{name}", "id")
    if after is None or after.value is None:
        return cases
    onward = "gt" if sort == "clock" else "lt"
    beyond = Q(**{f"{name}__{onward}": after.value}) | Q(id__gt=after.key)
    return cases.filter(beyond, **{f"{name}__{onward}e": after.value})


def beside(case: Case, chosen: Filter, person: Person, at: datetime) -> tuple[str, str]:
    """The references of the cases before and after this one in a list; empty at its ends. Two statements."""
    cases = listed(chosen, person, at)
    here = Cursor(getattr(case, SORTED_BY[chosen.sort]), case.pk)
    return _neighbour(cases, chosen.sort, here, back=True), _neighbour(cases, chosen.sort, here, back=False)


def _neighbour(cases: CaseQuerySet, sort: str, here: Cursor, *, back: bool) -> str:
    name = SORTED_BY[sort]
    rises = (sort == "clock") != back
    order = F(name).asc(nulls_last=True) if rises else F(name).desc(nulls_first=True)
    same = Q(**{f"{name}__isnull": True}) if here.value is None else Q(**{name: here.value})
    same &= Q(id__lt=here.key) if back else Q(id__gt=here.key)
    if here.value is None:
        beyond = Q(**{f"{name}__isnull": False}) if back else Q(pk__in=[])
    else:
        beyond = Q(**{f"{name}__{'gt' if rises else 'lt'}": here.value})
        if rises and sort == "clock":
            beyond |= Q(due_at__isnull=True)
    keys = cases.filter(same | beyond).order_by(order, "-id" if back else "id")
    return keys.values_list("reference", flat=True).first() or ""


def counts(lists: Mapping[str, CaseQuerySet]) -> dict[str, Count]:
    """How many cases each list has, in one statement; none is counted beyond MOST, or twice."""
    if not lists:
        return {}
    limited = {name: _limited(cases) for name, cases in lists.items()}
    different = dict.fromkeys(limited.values())
    parts = [f"(SELECT count(*) FROM ({sql}) AS part)" for sql, _params in different]  # noqa: S608
    with databases.reading().cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", [value for _sql, params in different for value in params])
        counted = dict(zip(different, cursor.fetchone() or (), strict=True))
    return {name: Count(counted[each]) for name, each in limited.items()}


def _limited(cases: CaseQuerySet) -> tuple[str, tuple[Any, ...]]:
    """The list's SQL, cut off just past MOST; a list that cannot have any is an empty question."""
    try:
        return cases.order_by().values_list(Value(1))[: MOST + 1].query.sql_with_params()
    except EmptyResultSet:
        return "SELECT 1 WHERE false", ()


def open_statuses() -> tuple[str, ...]:
    """The statuses of an open case, as a filter offers them."""
    return (Status.RECEIVED, Status.LOOKING, Status.BOOKED, Status.WAITING, Status.PASSED)
