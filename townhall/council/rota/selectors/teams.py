"""The people of a team as the choice sees them."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from townhall.council.rota import rules
from townhall.council.rota.models import Change, Skill, Worker
from townhall.council.rota.rules.shifts import LONDON
from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases.calendars import working_calendar
from townhall.kernel.cases.models import Task
from townhall.kernel.catalogue.words import Text, same


def of_team(team_id: UUID) -> "QuerySet[Worker]":
    """Those of a team who are given work."""
    return Worker.objects.filter(
        person__membership__team=team_id, person__is_active=True, is_given_work=True
    ).select_related("person")


def can_do(team_id: UUID, codes: Collection[str]) -> bool:
    """Whether somebody of a team has all skills; true where nobody of it has shifts, as it then waits for anybody."""
    found = of_team(team_id)
    return found.filter(skills__contains=list(codes)).exists() or not found.exists()


def workers_of(team_id: UUID, at: datetime, only: Collection[UUID] | None = None) -> list[rules.Worker]:
    """Everybody of a team who is given work, with their shifts and how much they have; or `only` some of them."""
    found = of_team(team_id).order_by("pk")
    return told(found if only is None else found.filter(pk__in=only), at)


def told(found: Iterable[Worker], at: datetime) -> list[rules.Worker]:
    """Workers as the rules know them; three statements for all of them."""
    rows = list(found)
    keys = [each.pk for each in rows]
    work, changes = open_work(keys), changes_of(keys, at.astimezone(LONDON).date())
    holidays = working_calendar(authority.ours().nation).holidays
    return [
        rules.Worker(
            key=str(each.pk), name=each.person.name, skills=frozenset(each.skills),
            roster=roster_of(each, changes.get(each.pk, []), holidays), capacity=each.capacity,
            open_work=work.get(each.pk, 0), last_given_at=each.last_given_at,
        )
        for each in rows
    ]  # fmt: skip


def open_work(people: Collection[UUID]) -> dict[UUID, int]:
    """The weight of the shared tasks that each has and has not done."""
    having = Task.objects.filter(assignee__in=people, done_at=None, is_shared=True).order_by()
    return {key: int(weight) for key, weight in having.values_list("assignee").annotate(Sum("weight"))}


def changes_of(people: Collection[UUID], today: date) -> dict[UUID, list[Change]]:
    """Changes of weeks that are not over; `today` is included."""
    live = Change.objects.filter(Q(until__isnull=True) | Q(until__gte=today), worker__in=people)
    found: dict[UUID, list[Change]] = {}
    for each in live.order_by("since", "id"):
        found.setdefault(each.worker_id, []).append(each)
    return found


def roster_of(worker: Worker, changes: Iterable[Change], holidays: Collection[date]) -> rules.Roster:
    """When somebody works."""
    rows = list(changes)
    extra = [each for each in rows if each.kind == Change.Kind.EXTRA]
    return rules.Roster(
        week=tuple((int(day), str(begins), str(ends)) for day, begins, ends in worker.week),
        away=tuple(rules.Away(each.since, each.until) for each in rows if each.kind != Change.Kind.EXTRA),
        extra=tuple(rules.Extra(each.since, each.begins, each.ends) for each in extra),
        holidays=() if worker.works_holidays else holidays,
    )


def skill_names(codes: Collection[str]) -> list[Text]:
    """What skills are called; one that nobody has set up is called by its code."""
    known = {each.code: Text(each.name, each.name_cy) for each in Skill.objects.filter(code__in=codes)}
    return [known.get(code, same(code.replace("_", " "))) for code in sorted(codes)]


def weight_of(codes: Collection[str]) -> int:
    """How much work a task is that needs some skills: as much as the heaviest of them."""
    weights = Skill.objects.filter(code__in=codes).values_list("weight", flat=True) if codes else []
    return max(weights, default=1)
