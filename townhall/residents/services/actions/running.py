"""The process of an application: an event comes, the engine moves it, and what that orders is done, all at once."""

import logging
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.actions.timeline import locked
from townhall.kernel.cases.models import Case
from townhall.kernel.cases.registries import Told
from townhall.kernel.catalogue.packages.calendars import NationCalendar
from townhall.kernel.catalogue.packages.deciding import decided
from townhall.kernel.catalogue.packages.model import Package
from townhall.kernel.catalogue.processes import engine
from townhall.kernel.catalogue.processes.engine import Event, Moved, Order, Refused, State, Step, Unreadable
from townhall.kernel.identity.models import Person
from townhall.kernel.outbox import actions as outbox
from townhall.residents.bookings import actions as bookings
from townhall.residents.bookings.selectors import is_bookable
from townhall.residents.payments import actions as payments
from townhall.residents.payments.rules import MOST_PENCE
from townhall.residents.payments.selectors import takes_payments
from townhall.residents.services.actions.letters import APPLICANT, write_letter
from townhall.residents.services.actions.tasks import ask, ask_by_hand, drop
from townhall.residents.services.actions.timelines import write_steps
from townhall.residents.services.events import StepsTaken
from townhall.residents.services.models import Application, Course
from townhall.residents.services.selectors import package

log = logging.getLogger(__name__)
MOST_EVENTS = 200
"""Events that may follow from one, such as decisions one after another."""
LATER = timedelta(hours=1)
BY_HAND = frozenset({"payment", "booking", "document", "webhook"})
"""Services that a colleague does where nothing here provides them, and says what came of it."""
REFUND = "refund"


@dataclass
class Turn:
    """One event of an application's process, with all that follows from it at once."""

    application: Application
    course: Course
    case: Case
    at: datetime
    by: Person | None = None
    is_timed: bool = False
    state: State = field(init=False)
    steps: list[Step] = field(default_factory=list[Step])
    waiting: deque[Event] = field(default_factory=deque[Event])

    @property
    def held(self) -> Package:
        """The service as it was when the application began."""
        return package(self.application.version)

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
        """Send the answers of decisions and letters. Raises Refused where they never end."""
        for _ in range(MOST_EVENTS):
            if not self.waiting:
                return
            event = self.waiting.popleft()
            self.take(engine.send(self.held.process, self.state, event, at=self.at, calendar=self.calendar))
        raise Refused("One thing follows from another without an end.")

    def take(self, moved: Moved) -> None:
        """Keep where the process is now, and do what it orders."""
        before = len(self.steps)
        self.state, self.steps = moved.state, [*self.steps, *moved.steps]
        for number, order in enumerate(moved.orders):
            self.do(order, f"{moved.state.count}:{before}:{number}:{order.key}")

    def do(self, order: Order, key: str) -> None:
        """Do what was ordered; `key` is this order's alone."""
        if order.kind == "task":
            ask(self.application, self.course, self.held, order, at=self.at)
        elif order.kind == "drop":
            drop(self.course, order.key)
            payments.withdraw(case_id=self.case.pk, key=order.key, at=self.at)
            bookings.withdraw(case_id=self.case.pk, key=order.key, at=self.at)
        elif order.kind == "decision":
            self.answer(order, decided(self.held, order, at=self.at))
        elif order.kind == "letter":
            self.letter(order, key)
        elif not self.provided(order, key) and order.kind in BY_HAND:
            ask_by_hand(self.application, self.course, self.held, order, waits=self.waits(order), at=self.at)

    def provided(self, order: Order, key: str) -> bool:
        """Whether a module of ours sees to an order; else a colleague does."""
        if order.kind == "payment":
            return takes_payments() and self.pay(order, key)
        return order.kind == "booking" and self.book(order)

    def pay(self, order: Order, key: str) -> bool:
        """Ask for a payment that the process waits for, or give money back; False for what a colleague must do."""
        amount = order.details.get("with", {}).get("amount_pence")
        if not isinstance(amount, int):
            return False
        if order.details["name"] == REFUND or amount < 0:
            back = payments.give_back_of_case(case_id=self.case.pk, amount_pence=abs(amount), key=key, at=self.at)
            self.answer(order, Event("done", order.key, {"amount_pence": back}))
        elif amount == 0:
            self.answer(order, Event("done", order.key, {"amount_pence": 0}))
        elif self.waits(order) and amount <= MOST_PENCE:
            self.ask_payment(order, amount)
        else:
            return False
        return True

    def ask_payment(self, order: Order, amount: int) -> None:
        """Ask the applicant for a sum."""
        name, minutes = self.held.service.name, order.details["with"].get("minutes")
        payments.ask(
            case_id=self.case.pk, key=order.key, amount_pence=amount, about=name.en, about_cy=name.cy, at=self.at,
            minutes=minutes if isinstance(minutes, int) and minutes > 0 else 0,
        )  # fmt: skip

    def book(self, order: Order) -> bool:
        """Let the applicant choose a time, or settle what is held; False for what a colleague must do."""
        name, given = str(order.details["name"]), order.details.get("with", {})
        if name == "cancel":
            bookings.cancel_of_case(case_id=self.case.pk, at=self.at)
            self.answer(order, Event("done", order.key))
        elif name == "confirm":
            made = bookings.confirm(case_id=self.case.pk, at=self.at)
            known = bookings.brought(made) if made else {"why": "full"}
            self.answer(order, Event("done" if made else "failed", order.key, known))
        elif self.waits(order) and is_bookable(name):
            places, about = given.get("places"), self.held.service.name
            bookings.wish(
                case_id=self.case.pk, key=order.key, code=name, about=about.en, about_cy=about.cy, at=self.at,
                places=places if isinstance(places, int) and places > 0 else 1, is_held=given.get("hold") is True,
            )  # fmt: skip
        else:
            return False
        return True

    def letter(self, order: Order, key: str) -> None:
        """Write a letter; what has no address that we know is posted by a colleague."""
        if str(order.details.get("to", "")) in {*self.held.service.partners} - {*APPLICANT}:
            ask_by_hand(self.application, self.course, self.held, order, waits=self.waits(order), at=self.at)
            return
        is_written = write_letter(
            application=self.application, held=self.held, state=self.state, order=order, key=key, at=self.at,
            by_day=self.is_timed,
        )  # fmt: skip
        self.answer(order, Event("done" if is_written else "failed", order.key))

    def answer(self, order: Order, event: Event) -> None:
        """Tell the process what came of an order, where it waits for that and says what comes then."""
        node = self.held.process.nodes.get(order.key.partition("#")[0])
        if self.waits(order) and node is not None:
            can_fail = any("failed" in each.on for each in node.line())
            self.waiting.append(event if event.kind == "done" or can_fail else Event("done", order.key))

    def waits(self, order: Order) -> bool:
        """Whether the process waits for what comes of an order."""
        node = self.held.process.nodes.get(order.key.partition("#")[0])
        return "#" in order.key and node is not None and node.waits

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


def remembered(event: Event, at: datetime) -> dict[str, Any]:
    """An event as it is kept beside the course, to replay the case; what is empty is left out."""
    held = {name: value for name, value in event._asdict().items() if value and name != "by"}
    return held | {"at": at.isoformat()}


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


def move_on(*, application_id: UUID, event: Event, at: datetime, by: Person | None = None) -> Course:
    """Send an event to the process of an application. Raises Refused where it does not fit: nothing has changed."""
    with transaction.atomic():
        case = locked(application_id)
        course = Course.objects.select_for_update().get(application_id=application_id)
        course.told = [*course.told, remembered(event, at)]
        turn = Turn(_of(application_id), course, case, at, by)
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
    except (Refused, Unreadable) as problem:
        log.warning("a timer was refused", extra={"application": str(key), "why": str(problem)})
        Course.objects.filter(pk=key).update(next_at=at + LATER)
        return 0
