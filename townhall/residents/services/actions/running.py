"""The process of an application: an event comes, the engine moves it, and what that orders is done, all at once."""

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import OperationalError, transaction

from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.actions.timeline import locked
from townhall.kernel.cases.models import Case
from townhall.kernel.cases.registries import Told
from townhall.kernel.catalogue.packages.calendars import NationCalendar
from townhall.kernel.catalogue.processes import engine
from townhall.kernel.catalogue.processes.engine import Event, Moved, Refused, Unreadable
from townhall.kernel.identity.models import Person
from townhall.kernel.outbox import actions as outbox
from townhall.residents.services.actions.orders import Orders
from townhall.residents.services.actions.timelines import write_steps
from townhall.residents.services.events import StepsTaken
from townhall.residents.services.models import Application, Course, Version

log = logging.getLogger(__name__)
MOST_EVENTS = 200
"""Events that may follow from one, such as decisions one after another."""
LATER = timedelta(hours=1)


class MovedOn(Refused):
    """A process that is no longer where it was when somebody looked."""


class Turn(Orders):
    """One event of an application's process, with all that follows from it at once."""

    @property
    def calendar(self) -> NationCalendar:
        """Working days here."""
        return NationCalendar(authority.ours().nation)

    def begin(self) -> None:
        """Start the process."""
        answers = self.application.answers
        self.take(engine.start(self.held.process, answers, at=self.at, calendar=self.calendar))
        self.follow()

    def read(self) -> None:
        """Look at where the process is. Raises Unreadable."""
        self.state = engine.read_state(self.held.process, self.course.state, self.application.answers)

    def send(self, event: Event) -> None:
        """Send an event, and what follows from it. Raises Refused."""
        self.take(engine.send(self.held.process, self.state, event, at=self.at, calendar=self.calendar))
        self.follow()

    def follow(self) -> None:
        """Send the answers of decisions and letters, but those of states that were left meanwhile. Raises Refused where
        they never end.
        """
        for _ in range(MOST_EVENTS):
            if not self.waiting:
                return
            event = self.waiting.popleft()
            if self.state.is_open(event.name):
                self.take(engine.send(self.held.process, self.state, event, at=self.at, calendar=self.calendar))
        raise Refused("One thing follows from another without an end.")

    def take(self, moved: Moved) -> None:
        """Keep where the process is now, and do what it orders."""
        before = len(self.steps)
        self.state, self.steps = moved.state, [*self.steps, *moved.steps]
        for number, order in enumerate(moved.orders):
            self.do(order, f"{self.case.version}:{moved.state.count}:{before}:{number}:{order.key}")

    def finish(self) -> Course:
        """Keep it: the state, a row of the timeline for each step, and the case's end where the process has ended."""
        write_steps(self.case, self.held, self.steps, at=self.at, by=self.by)
        self.course.state = self.state.kept()
        due = [datetime.fromisoformat(each) for each in self.state.timers.values()]
        self.course.next_at = min(due) if due and self.state.status == "running" else None
        self.course.save()
        has_ended = self.state.status != "running"
        outbox.publish(StepsTaken(
            at=self.at, case_id=self.case.pk, number=self.case.version, application_id=self.application.pk,
            slug=self.held.slug, states=sorted(self.state.active), has_ended=has_ended,
        ))  # fmt: skip
        if has_ended and self.case.is_open:
            self.resolve()
        return self.course

    def resolve(self) -> None:
        """Finish the case, in the words of the state in which the process has ended."""
        nodes = self.held.process.nodes
        ends = [nodes[path].title for path in self.state.active if path in nodes]
        cases.resolve(
            case_id=self.case.pk, outcome="fixed" if self.state.status == "ended" else "closed", by=self.by, at=self.at,
            text=", ".join(each.en for each in ends), text_cy=", ".join(each.cy for each in ends),
        )  # fmt: skip


def _of(application_id: UUID) -> Application:
    related = ("version", "case__reporter", "case__team")
    return Application.objects.select_related(*related).defer("version__files").get(pk=application_id)


def remembered(event: Event, version: Version, at: datetime) -> dict[str, Any]:
    """An event as it is kept beside the course, to replay the case and to show what it brought by the form of its
    version; what is empty is left out.
    """
    held = {name: value for name, value in event._asdict().items() if value and name != "by"}
    return held | {"at": at.isoformat(), "version": version.hash}


def begin_course(*, application_id: UUID, at: datetime) -> Course:
    """Begin the process of a sent application. Again: it has begun already."""
    with transaction.atomic():
        application = _of(application_id)
        case = locked(application_id)
        if existing := Course.objects.filter(application=application).first():
            return existing
        turn = Turn(application, Course(application=application, state={}), case, at)
        turn.begin()
        return turn.finish()


def move_on(
    *, application_id: UUID, event: Event, at: datetime, by: Person | None = None, seen: int | None = None
) -> Course:  # fmt: skip
    """Send an event to the process of an application. Raises Refused where it does not fit, and MovedOn where the
    process is no longer as it was `seen` (its number): nothing has changed.
    """
    with transaction.atomic():
        case = locked(application_id)
        course = Course.objects.select_for_update().get(application_id=application_id)
        if seen is not None and course.number != seen:
            raise MovedOn("The process has gone on meanwhile.")
        application = _of(application_id)
        course.told = [*course.told, remembered(event, application.version, at)]
        turn = Turn(application, course, case, at, by)
        turn.read()
        turn.send(event)
        return turn.finish()


def tell(case: Case, told: Told, *, at: datetime) -> bool:
    """Tell the process of a case what came of what it had asked for; False where it does not wait for that now."""
    try:
        with transaction.atomic():
            move_on(application_id=case.pk, event=Event(told.kind, told.name, told.data), at=at)
    except (Refused, Unreadable, Course.DoesNotExist) as problem:
        log.info("a process did not take what it was told", extra={"case": case.reference, "why": str(problem)})
        return False
    return True


def come_due(at: datetime, most: int = 200) -> int:
    """Send every timer whose moment has come; how many."""
    found = Course.objects.filter(next_at__lte=at).order_by("next_at").values_list("pk", flat=True)[:most]
    return sum(_come_due(key, at) for key in list(found))


def _come_due(key: UUID, at: datetime) -> int:
    """The timers of one process, the earliest first; 0 where another worker has seen to it."""
    try:
        with transaction.atomic():
            case = locked(key)
            course = Course.objects.select_for_update().filter(pk=key, next_at__lte=at).first()
            if course is None:
                return 0
            turn, sent = Turn(_of(key), course, case, at, is_timed=True), 0
            turn.read()
            while turn.state.timers and sent < MOST_EVENTS:
                due, name = min((datetime.fromisoformat(each), name) for name, each in turn.state.timers.items())
                if due > at:
                    break
                turn.send(Event("due", name))
                sent += 1
            turn.finish()
            return sent
    except OperationalError:
        raise
    except Exception:
        log.exception("a timer was refused", extra={"application": str(key)})
        Course.objects.filter(pk=key).update(next_at=at + LATER)
        return 0
