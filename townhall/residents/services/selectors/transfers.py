"""What would become of running cases if they went on with another version, and what became of those that did."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import CharField, Count, Exists, Func, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from townhall.kernel.authority import selectors as authority
from townhall.kernel.catalogue.packages.calendars import NationCalendar
from townhall.residents.services.models import Application, Course, Transfer, TransferredCase, Version
from townhall.residents.services.rules.transfers import (
    NotTransferred,
    Plan,
    judged,
    planned,
    reversed_plan,
    states_of,
)
from townhall.residents.services.selectors.shelf import package

MOST_NAMED = 10
MARK = Func(
    Concat(Cast("state", CharField()), Value(" "), Cast("tasks", CharField())), function="md5", output_field=CharField()
)
"""What is the same as long as the course of a case is."""
Outcome = TransferredCase.Outcome


@dataclass(slots=True)
class Line:
    """Cases that have the same lot: the states that they are in, what those become, or why they stay; some of them."""

    states: str
    becomes: str = ""
    why: str = ""
    count: int = 0
    references: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True)
class Survey:
    """What would become of all of them. `lost` are answers that the new form does not ask for, `missing` those that are
    new in it, each with how many cases; all answers are kept. `unbegun`: sent, and nothing has happened yet.
    """

    plan: Plan
    lines: list[Line]
    lost: dict[str, int]
    missing: dict[str, int]
    unbegun: int

    @property
    def going(self) -> int:
        """How many can go over."""
        return sum(each.count for each in self.lines if not each.why)

    @property
    def staying(self) -> int:
        """How many cannot."""
        return sum(each.count for each in self.lines if each.why)


def find_version(slug: str, prefix: str) -> Version:
    """The version whose hash begins so. Raises NotTransferred where there is none, or more than one."""
    found = list(Version.objects.filter(slug=slug, hash__startswith=prefix.lower()).defer("files")[:2])
    if len(found) != 1:
        known = Version.objects.filter(slug=slug).order_by("-published_at").values_list("hash", flat=True)
        many = "More than one version begins" if found else "No version begins"
        raise NotTransferred(f"{many} with {prefix!r}; there are {', '.join(each[:12] for each in known) or 'none'}.")
    return found[0]


def plan_of_versions(source: Version, target: Version, states: dict[str, str]) -> Plan:
    """The plan of two versions. Raises NotTransferred."""
    return planned(package(source), package(target), states, NationCalendar(authority.ours().nation))


def plan_of(transfer: Transfer) -> Plan:
    """The plan of a transfer."""
    if transfer.undoes is None:
        return plan_of_versions(transfer.source, transfer.target, transfer.states)
    return reversed_plan(plan_of_versions(transfer.target, transfer.source, transfer.undoes.states))


def running_cases(version: Version) -> "QuerySet[Course]":
    """Running cases of a version."""
    return Course.objects.filter(application__version=version, state__status="running")


def counts_by_state(version: Version) -> dict[str, int]:
    """How many running cases of a version are in each state, by its path; one in two states counts in both."""
    with connection.cursor() as cursor:
        cursor.execute(STATES, [version.pk])
        return dict(cursor.fetchall())


def to_bring_back(transfer: Transfer) -> "QuerySet[Course]":
    """The cases that went over by a transfer."""
    gone = TransferredCase.objects.filter(transfer=transfer).exclude(outcome=Outcome.STUCK)
    return Course.objects.filter(pk__in=gone.values("application"))


def mark_of(course: Course) -> str:
    """The mark of a course that was read with it."""
    return str(getattr(course, "mark", ""))


def last_transfer(source: Version, target: Version) -> Transfer | None:
    """The latest transfer from one version to another that let cases go over; those taken back already come last."""
    gone = TransferredCase.objects.filter(transfer=OuterRef("pk")).exclude(outcome=Outcome.STUCK)
    back = Transfer.objects.filter(undoes=OuterRef("pk")).exclude(ended_at=None)
    found = Transfer.objects.filter(Exists(gone), source=source, target=target, undoes=None)
    return found.order_by(Exists(back), "-begun_at", "-pk").first()


def latest_transfers(slug: str) -> list[Transfer]:
    """The latest transfers of a service, the newest first."""
    found = Transfer.objects.filter(target__slug=slug).select_related("source", "target", "by", "undoes")
    return list(found.defer("source__files", "target__files").order_by("-begun_at", "-pk")[:MOST_NAMED])


def survey(plan: Plan, source: Version, at: datetime) -> Survey:
    """What would become of every running case of a version; changes nothing."""
    lines = dict[tuple[str, str, str], Line]()
    for course, reference in _each(source):
        states, becomes, why = states_of(course.state), "", ""
        try:
            moved = judged(plan, course.state, course.application.answers, at)
            becomes = " + ".join(sorted(moved.state.active))
        except NotTransferred as problem:
            why = str(problem)
        line = lines.setdefault((states, becomes, why), Line(states, becomes, why))
        line.count += 1
        if len(line.references) < MOST_NAMED:
            line.references.append(reference)
    ordered = sorted(lines.values(), key=lambda each: (bool(each.why), -each.count, each.states))
    lost, missing = _answers(plan, source)
    unbegun = Application.objects.filter(
        version=source, sent_at__isnull=False, course=None, case__closed_at=None
    ).count()
    return Survey(plan, ordered, lost, missing, unbegun)


def _each(source: Version) -> Iterator[tuple[Course, str]]:
    found = running_cases(source).select_related("application", "application__case").only(
        "state", "application__answers", "application__case__reference"
    )  # fmt: skip
    for course in found.iterator(chunk_size=500):
        case = course.application.case
        yield course, case.reference if case else ""


STATES = """
select path, count(*) from services_course as c
join services_application as a on a.id = c.application_id, jsonb_object_keys(c.state -> 'active') as path
where a.version_id = %s and c.state ->> 'status' = 'running' group by path order by 2 desc, 1
"""
KEYS = """
select key, count(*) from services_course as c
join services_application as a on a.id = c.application_id, jsonb_object_keys(a.answers) as key
where a.version_id = %s and c.state ->> 'status' = 'running' group by key
"""


def _answers(plan: Plan, source: Version) -> tuple[dict[str, int], dict[str, int]]:
    """Answers that the new form has no question for, and questions that are new in it and must be answered."""
    with connection.cursor() as cursor:
        cursor.execute(KEYS, [source.pk])
        have = dict(cursor.fetchall())
    whole = running_cases(source).count()
    lost = {name: count for name, count in sorted(have.items()) if name not in plan.new.form.questions}
    asked = plan.new.form.questions.items()
    needed = {name for name, each in asked if each.required and each.value is None and not each.group}
    fresh = needed - plan.old.form.questions.keys()
    return lost, {name: left for name in sorted(fresh) if (left := whole - have.get(name, 0))}


@dataclass(frozen=True, slots=True)
class Result:
    """What became of the cases of a transfer: how many went over, went back to the very state that they had, stayed."""

    moved: int
    returned: int
    stuck: list[Line]
    moves: Counter[str]


def result(transfer: Transfer) -> Result:
    """How far a transfer is."""
    cases = TransferredCase.objects.filter(transfer=transfer)
    rows = cases.order_by().values_list("outcome", "states", "why").annotate(number=Count("pk"))
    counts, moves, stuck = Counter[str](), Counter[str](), list[Line]()
    for outcome, states, why, number in rows:
        counts[outcome] += number
        if outcome != Outcome.STUCK:
            moves[states] += number
            continue
        same = cases.filter(outcome=outcome, states=states, why=why)
        named = same.values_list("application__case__reference", flat=True)[:MOST_NAMED]
        stuck.append(Line(states, "", why, number, list(named)))
    return Result(counts[Outcome.MOVED], counts[Outcome.RETURNED], stuck, moves)


def survey_back(transfer: Transfer, at: datetime) -> list[Line]:
    """What would become of the cases of a transfer if it were taken back; changes nothing."""
    plan = reversed_plan(plan_of_versions(transfer.source, transfer.target, transfer.states))
    records = TransferredCase.objects.filter(transfer=transfer).exclude(outcome=Outcome.STUCK)
    known = {each.application_id: each for each in records.only("mark", "states", "application_id")}
    lines = dict[tuple[str, str, str], Line]()
    found = to_bring_back(transfer).annotate(mark=MARK).select_related("application", "application__case")
    for course in found.iterator(chunk_size=500):
        line = _back(plan, course, known[course.pk], transfer, at)
        held = lines.setdefault((line.states, line.becomes, line.why), line)
        held.count += 1
        if len(held.references) < MOST_NAMED and course.application.case:
            held.references.append(course.application.case.reference)
    return sorted(lines.values(), key=lambda each: (bool(each.why), -each.count, each.states))


def _back(plan: Plan, course: Course, record: TransferredCase, transfer: Transfer, at: datetime) -> Line:
    states = states_of(course.state)
    try:
        must_be_there(course, transfer.target_id)
        if mark_of(course) == record.mark:
            return Line(states, record.states)
        moved = judged(plan, course.state, course.application.answers, at)
        return Line(states, " + ".join(sorted(moved.state.active)))
    except NotTransferred as problem:
        return Line(states, "", str(problem))


def must_be_there(course: Course, version_id: UUID) -> None:
    """Raises NotTransferred where a case has ended, or is on another version than this."""
    if course.application.version_id != version_id:
        raise NotTransferred("It is on yet another version by now.")
    if course.state.get("status") != "running":
        raise NotTransferred("It has ended.")
