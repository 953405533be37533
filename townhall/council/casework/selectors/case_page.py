"""One case with everything around it, as an officer sees it on one page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q
from django.utils import timezone

from townhall.council.casework.rules.bars import Bar, bar
from townhall.council.casework.rules.filters import Count, Cursor, Filter
from townhall.council.casework.selectors import lists, names, queue, timeline
from townhall.council.casework.selectors.clocks import Face, face, short
from townhall.kernel.cases.models import Case, CaseQuerySet, Task
from townhall.kernel.cases.registries import Panel, case_kinds, case_panels
from townhall.kernel.geo.fields import Distance
from townhall.kernel.identity.models import Person

ALIKE_METRES = 250
ALIKE_SINCE = timedelta(days=183)
MOST_ALIKE = 5


@dataclass(frozen=True, slots=True)
class Alike:
    """Another case of the category close by."""

    case: Case
    title: str
    metres: int
    percent: int
    when: str


@dataclass(frozen=True, slots=True)
class Days:
    """The days under the clock's bar, in few words."""

    opened: str
    due: str
    closed: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the case stands in the list it was opened from: `number` of `total`, and its neighbours' references.

    Without a number it is not in that list, or no longer: it was finished, or is with others now.
    """

    title: str
    number: Count | None
    total: Count
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything on the page of a case."""

    case: Case
    title: str
    place: str
    category: str
    ward: str
    clock: Face
    bar: Bar | None
    days: Days
    standing: Standing
    lines: list[timeline.Line]
    tasks: list[Task]
    alike: list[Alike]
    panels: list[Panel]
    public_path: str
    channel: str

    @property
    def status(self) -> str:
        """What its status is called."""
        return names.status(self.case)

    @property
    def is_late(self) -> bool:
        """Whether the date has passed, also where it was finished after it."""
        return self.clock.state == "over" or self.case.was_late

    @property
    def tasks_done(self) -> int:
        """How many of the tasks are done."""
        return sum(task.done_at is not None for task in self.tasks)


def find(reference: str) -> Case | None:
    """The case with this reference, with its team and people; whoever shows it asks whether the reader may see it."""
    related = ("team", "assignee", "reporter", "joined_to")
    return Case.objects.select_related(*related).defer("search").filter(reference=reference).first()


def case_page(case: Case, chosen: Filter, person: Person, at: datetime) -> CasePage:
    """The page of a case that was opened from a list."""
    lines = timeline.lines(case)
    kind = case_kinds.get(case.kind)
    return CasePage(
        case=case, title=names.case_title(case), place=names.case_place(case),
        category=names.category_title(names.categories(case.kind).get(case.category), case.category),
        ward=names.wards().get(case.ward, ""), clock=face(case, at), bar=_bar(case, lines, at), days=_days(case),
        standing=standing(case, chosen, person, at), lines=lines,
        tasks=list(Task.objects.filter(case=case).select_related("assignee", "team")), alike=alike(case, person, at),
        panels=[panel for make in case_panels if (panel := make(case, person))],
        public_path=(kind.public_path(case) or "") if kind and case.is_public else "",
        channel=str(names.CHANNELS.get(case.channel, case.channel)),
    )  # fmt: skip


def standing(case: Case, chosen: Filter, person: Person, at: datetime) -> Standing:
    """Where the case stands in a list."""
    cases = lists.listed(chosen, person, at)
    here = cases.filter(pk=case.pk)
    counted = lists.counts({"total": cases, "before": _before(cases, case, chosen.sort), "here": here})
    before, after = lists.beside(case, chosen, person, at)
    title = queue.title_of(chosen, queue.side_lists(person), [])
    number = Count(counted["before"].number + 1) if counted["here"].number else None
    return Standing(title, number, counted["total"], before, after)


def _before(cases: CaseQuerySet, case: Case, sort: str) -> CaseQuerySet:
    name = lists.SORTED_BY[sort]
    here = Cursor(getattr(case, name), case.pk)
    if here.value is None:
        return cases.filter(Q(due_at__isnull=False) | Q(id__lt=here.key))
    nearer = Q(**{f"{name}__{'lt' if sort == 'clock' else 'gt'}": here.value})
    return cases.filter(nearer | Q(**{name: here.value}, id__lt=here.key))


def _days(case: Case) -> Days:
    days = [short(timezone.localtime(each)) if each else "" for each in (case.opened_at, case.due_at, case.closed_at)]
    return Days(*days)


def _bar(case: Case, lines: list[timeline.Line], at: datetime) -> Bar | None:
    if case.due_at is None:
        return None
    rests: list[tuple[datetime, datetime]] = []
    began: datetime | None = None
    for line in reversed(lines):
        if line.kind == "paused":
            began = line.at
        elif began and line.kind in {"resumed", "resolved", "undone"}:
            rests.append((began, line.at))
            began = None
    end = case.closed_at or at
    return bar(opened_at=case.opened_at, due_at=case.due_at, at=end, rests=[*rests, (began, end)] if began else rests)


def alike(case: Case, person: Person, at: datetime) -> list[Alike]:
    """Cases of the same category close by that this person may see, nearest first."""
    if case.point is None:
        return []
    east, north, reach = case.point.easting, case.point.northing, ALIKE_METRES
    near = Case.objects.seen_by(person).filter(
        category=case.category, point__in_box=(east - reach, north - reach, east + reach, north + reach),
        opened_at__gte=at - ALIKE_SINCE,
    )  # fmt: skip
    measures: dict[str, Any] = {
        "metres": Distance("point", case.point),
        "likeness": TrigramSimilarity("title", case.title),
    }
    found = near.exclude(pk=case.pk).exclude(joined_to=case).defer("search").annotate(**measures)
    ordered = found.filter(metres__lte=reach).order_by("metres", "id")[:MOST_ALIKE]
    return [_alike(each) for each in ordered]


def _alike(found: Any) -> Alike:
    """A case that was read with its `metres` and `likeness`."""
    when = short(timezone.localtime(found.opened_at))
    return Alike(found, names.case_title(found), round(found.metres), round(found.likeness * 100), when)
