"""What the pages of the rota show: one's own work, a team's board, one task."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from townhall.council.rota import rules
from townhall.council.rota.models import Change, GaveBack, Skill, Worker
from townhall.council.rota.permissions import may_lead
from townhall.council.rota.rules.shifts import LONDON
from townhall.council.rota.selectors.teams import of_team, skill_names, told, weight_of
from townhall.council.rota.selectors.waiting import heads, teams_with_work, waiting_of
from townhall.kernel.cases.models import Task
from townhall.kernel.catalogue.words import joined
from townhall.kernel.design import dates
from townhall.kernel.identity.models import Person, Team

MOST_SHOWN, MOST_COUNTED = 100, 1_000


def language() -> str:
    """The reader's language: en or cy."""
    return "cy" if (get_language() or "en").startswith("cy") else "en"


def moment_words(at: datetime, now: datetime) -> str:
    """A time of today, else with its day."""
    local, today = at.astimezone(LONDON), now.astimezone(LONDON).date()
    if local.date() == today:
        return dates.hour(local, language())
    return dates.moment(local, language(), today=today)


def skill_words(codes: Sequence[str]) -> str:
    """Skills in a line."""
    return joined(skill_names(codes), ", ").said(language()) if codes else ""


@dataclass(frozen=True, slots=True)
class Mine:
    """What somebody has to do, each with how much of its time is over (more than 1 is late), and their own shifts."""

    tasks: list[tuple[Task, float]]
    is_on_rota: bool
    on_until: str
    next_from: str
    teams: list[Team]


def my_work(person: Person, at: datetime) -> Mine:
    """What somebody has, what is due earliest first, with their shift now or their next one."""
    having = Task.objects.filter(assignee=person, done_at=None, is_shared=True).select_related("case", "team")
    worker = next(iter(told(Worker.objects.filter(pk=person.pk).select_related("person"), at)), None)
    now = rules.shift_at(worker.roster, at) if worker else None
    later = rules.next_shift(worker.roster, at) if worker and now is None else None
    return Mine(
        tasks=[(each, used(each, at)) for each in having.order_by("due_on", "id")[:MOST_SHOWN]],
        is_on_rota=worker is not None,
        on_until=moment_words(now.ends, at) if now else "", next_from=moment_words(later.begins, at) if later else "",
        teams=boards_of(person),
    )  # fmt: skip


def used(task: Task, at: datetime) -> float:
    """How much of the days until a task is due is over; 0 where it has no date."""
    if task.due_on is None:
        return 0.0
    set_on, today = (each.astimezone(LONDON).date() for each in (task.created_at, at))
    return max(0.0, (today - set_on).days / max(1, (task.due_on - set_on).days)) if today <= task.due_on else 2.0


def boards_of(person: Person) -> list[Team]:
    """The teams whose boards somebody sees in their list: their own."""
    return list(Team.objects.filter(pk__in=person.team_ids, is_active=True))


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on a team's board."""

    key: str
    name: str
    is_on: bool
    when: str
    can: str
    open_work: int
    capacity: int


@dataclass(frozen=True, slots=True)
class Waits:
    """A task that waits, why, and who could take it when."""

    task: Task
    needs: str
    why: str
    could: str


@dataclass(frozen=True, slots=True)
class Board:
    """A team: those on shift first, what waits, and who is not on the rota yet."""

    team: Team
    members: list[Member]
    waiting: list[Waits]
    count: int
    is_more: bool
    others: list[Person]


def board(team: Team, person: Person, at: datetime) -> Board:
    """A team as it stands; ten statements, however many people or tasks it has."""
    everybody = told(of_team(team.pk).order_by("person__name", "pk"), at)
    names = {code: text.said(language()) for code, text in _names(everybody).items()}
    members = [_member(each, names, at) for each in everybody]
    waiting = waiting_of(team.pk)
    counted = Task.objects.filter(team=team, is_shared=True, done_at=None, assignee=None)[: MOST_COUNTED + 1].count()
    active = Person.objects.filter(membership__team=team, is_active=True).order_by("name", "id")
    idle = active.filter(Q(rota_worker__isnull=True) | Q(rota_worker__is_given_work=False))
    return Board(
        team=team, members=sorted(members, key=lambda each: not each.is_on), waiting=_waits(waiting, everybody, at),
        count=min(counted, MOST_COUNTED), is_more=counted > MOST_COUNTED,
        others=list(idle) if may_lead(person, team) else [],
    )  # fmt: skip


def _names(everybody: Sequence[rules.Worker]) -> dict[str, Any]:
    codes = sorted({code for each in everybody for code in each.skills})
    return dict(zip(codes, skill_names(codes), strict=True))


def _member(worker: rules.Worker, names: dict[str, str], at: datetime) -> Member:
    now, later = rules.shift_at(worker.roster, at), rules.next_shift(worker.roster, at)
    if now:
        when = _("until %(time)s") % {"time": moment_words(now.ends, at)}
    else:
        when = _("from %(time)s") % {"time": moment_words(later.begins, at)} if later else _("no shift soon")
    return Member(
        key=worker.key, name=worker.name, is_on=now is not None, when=when, open_work=worker.open_work,
        can=", ".join(names[code] for code in sorted(worker.skills)), capacity=worker.capacity,
    )  # fmt: skip


def _waits(tasks: Sequence[Task], everybody: Sequence[rules.Worker], at: datetime) -> list[Waits]:
    passed: dict[UUID, set[str]] = {}
    for task, person in GaveBack.objects.filter(task__in=tasks).values_list("task", "person"):
        passed.setdefault(task, set()).add(str(person))
    known: dict[tuple[str, ...], tuple[str, int]] = {}
    for task in tasks:
        key = tuple(task.skills)
        if key not in known:
            known[key] = (skill_words(key), weight_of(key))
    made = list[Waits]()
    for task in tasks:
        (needs, weight), but = known[tuple(task.skills)], passed.get(task.pk, set[str]())
        goes = not everybody or rules.choose(everybody, task.skills, weight, at, but) is not None
        found = None if goes else rules.outlook(everybody, task.skills, at, but)
        made.append(Waits(task, needs, *(_why(found, at) if found else ("", ""))))
    return made


def _why(found: rules.Outlook, at: datetime) -> tuple[str, str]:
    could = [f"{each.name} ({moment_words(begins, at)})" if begins else each.name for each, begins in found.could[:3]]
    return rules.WHY_NOBODY[found.why].said(language()), ", ".join(could)


def takers(task: Task) -> list[tuple[str, str]]:
    """To whom a task can be handed over: those of its team who can do it, without whoever has it."""
    if task.team_id is None:
        return []
    able = of_team(task.team_id).filter(skills__contains=task.skills).exclude(pk=task.assignee_id)
    return [(str(each.pk), each.person.name) for each in able.order_by("person__name", "pk")]


def unnamed_skills() -> list[str]:
    """Skills that waiting tasks need and nobody has named yet."""
    needed = {code for team in teams_with_work() for head in heads(team) for code in head.skills}
    return sorted(needed - set(Skill.objects.values_list("code", flat=True)))


def changes_of(worker: Worker, at: datetime) -> list[tuple[Change, str]]:
    """The changes of somebody's week that are not over, each with its days in words."""
    today = at.astimezone(LONDON).date()
    live = Change.objects.filter(Q(until__isnull=True) | Q(until__gte=today), worker=worker)
    return [(each, _days(each, today)) for each in live]


def _days(change: Change, today: date) -> str:
    first, last = (dates.day(each, language(), today=today) if each else "" for each in (change.since, change.until))
    if change.kind == Change.Kind.EXTRA:
        return f"{first}, {change.begins}–{change.ends}"
    if not last:
        return _("from %(day)s until further notice") % {"day": first}
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}
