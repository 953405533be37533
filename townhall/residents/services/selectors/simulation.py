"""What would have come out differently for past cases, had another version been there; nothing is changed."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from townhall.kernel.authority import selectors as authority
from townhall.kernel.catalogue.packages.model import Package
from townhall.kernel.catalogue.packages.replaying import Came, Difference, Past, answers_in, differences, replayed
from townhall.kernel.catalogue.processes.engine import Refused
from townhall.residents.services.models import Course
from townhall.residents.services.selectors.shelf import package

MOST_NAMED = 10
MOST_CASES = 20_000


@dataclass(slots=True)
class Group:
    """Cases that would have come out otherwise in the same way, or could not be replayed for the same reason."""

    difference: Difference
    count: int = 0
    references: list[str] = field(default_factory=list[str])

    def add(self, reference: str) -> None:
        """Count one more; the first are named."""
        self.count += 1
        if len(self.references) < MOST_NAMED:
            self.references.append(reference)


@dataclass(slots=True)
class Simulated:
    """What came of all of them: how many were looked at, replayed, and came out otherwise."""

    cases: int = 0
    replayed: int = 0
    different: int = 0
    groups: list[Group] = field(default_factory=list[Group])
    left_out: list[Group] = field(default_factory=list[Group])


def simulate(changed: Package, since: datetime, at: datetime, *, most: int = MOST_CASES) -> Simulated:
    """Replay the cases that were sent since a moment, the latest first, through a changed version, each beside its own
    version.
    """
    found, groups, left = Simulated(), dict[Difference, Group](), dict[Difference, Group]()
    for course in _since(changed.slug, since)[:most].iterator(chunk_size=200):
        reference = course.application.case.reference if course.application.case else ""
        found.cases += 1
        try:
            came = _both(changed, course, at)
        except Refused as problem:
            reason = Difference("left out", "", str(problem), "")
            left.setdefault(reason, Group(reason)).add(reference)
            continue
        found.replayed += 1
        seen = list(differences(*came))
        found.different += bool(seen)
        for each in seen:
            groups.setdefault(each, Group(each)).add(reference)
    order = Counter({each.difference.about: 0 for each in groups.values()})
    for each in groups.values():
        order[each.difference.about] += each.count
    found.groups = sorted(groups.values(), key=lambda each: (-order[each.difference.about], -each.count))
    found.left_out = sorted(left.values(), key=lambda each: -each.count)
    return found


def _since(slug: str, since: datetime) -> "QuerySet[Course]":
    found = Course.objects.filter(application__version__slug=slug, application__sent_at__gte=since)
    related = ("application__case", "application__version")
    return found.select_related(*related).defer("application__version__files").order_by("-application__sent_at")


def _both(changed: Package, course: Course, at: datetime) -> tuple[Came, Came]:
    """What its own version makes of a case, and what the changed one would. Raises Refused with the reason."""
    application = course.application
    if not application.answers:
        raise Refused("Its answers are not kept any more.")
    sent = application.sent_at or application.updated_at
    case = application.case
    until = case.closed_at if case is not None and case.closed_at is not None else at
    past = Past(sent, application.answers, course.told, until, authority.ours().nation)
    own = replayed(package(application.version), past, past.answers)
    is_same = sorted(course.state.get("active", {})) == list(own.states)
    if own.stopped or not is_same:
        came = own.stopped or f"it came to {' + '.join(own.states) or 'nothing'}"
        raise Refused(f"What happened to it is not wholly kept: with its own version {came}.")
    other = replayed(changed, past, answers_in(changed, past))
    if other.stopped:
        raise Refused(f"It could not be followed to the end: {other.stopped}")
    return own, other
