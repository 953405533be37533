"""What the process of an application orders: tasks, letters, decisions, payments, bookings, documents, calls."""

import logging
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime

from townhall.kernel.cases.models import Case
from townhall.kernel.catalogue.packages.deciding import decided
from townhall.kernel.catalogue.packages.model import Package
from townhall.kernel.catalogue.processes.engine import Event, Order, State, Step
from townhall.kernel.identity.models import Person
from townhall.residents.bookings import actions as bookings
from townhall.residents.bookings.selectors import is_bookable
from townhall.residents.payments import actions as payments
from townhall.residents.payments.rules import MOST_PENCE
from townhall.residents.payments.selectors import takes_payments
from townhall.residents.services.actions.deciding import keep_decision
from townhall.residents.services.actions.documents import order_document, withdraw_document
from townhall.residents.services.actions.letters import address_of, write_letter
from townhall.residents.services.actions.tasks import ask, ask_by_hand, drop
from townhall.residents.services.models import APPLICANT, Application, Course
from townhall.residents.services.registries import Call, providers
from townhall.residents.services.selectors import package

log = logging.getLogger(__name__)
BY_HAND = frozenset({"payment", "booking", "document", "webhook"})
"""Services that a colleague does where nothing here provides them, and says what came of it."""
REFUND = "refund"


@dataclass
class Orders:
    """What an application's process orders in one turn, done at once or written down to be done."""

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

    def do(self, order: Order, key: str) -> None:
        """Do what was ordered; `key` is this order's alone."""
        if order.kind == "task":
            ask(self.application, self.course, self.held, order, at=self.at)
        elif order.kind == "drop":
            self.withdraw(order.key)
        elif order.kind == "decision":
            self.decide(order)
        elif order.kind == "letter":
            self.letter(order, key)
        elif not self.provided(order, key) and order.kind in BY_HAND:
            ask_by_hand(self.application, self.course, self.held, order, waits=self.waits(order), at=self.at)

    def decide(self, order: Order) -> None:
        """Decide, and keep what was decided and why."""
        found = decided(self.held, order, at=self.at)
        keep_decision(self.course, self.application.version, self.held, order, found, at=self.at)
        self.answer(order, found.event)

    def withdraw(self, key: str) -> None:
        """Take back what a state had asked for, whoever was to do it; a timer is the process's own."""
        if "#" not in key:
            return
        drop(self.course, key)
        payments.withdraw(case_id=self.case.pk, key=key, at=self.at)
        bookings.withdraw(case_id=self.case.pk, key=key, at=self.at)
        withdraw_document(self.case.pk, key)
        for each in providers:
            each.withdraw(case_id=self.case.pk, key=key, at=self.at)

    def provided(self, order: Order, key: str) -> bool:
        """Whether a module of ours sees to an order; else a colleague does."""
        if order.kind == "payment":
            return takes_payments() and self.pay(order, key)
        if order.kind == "booking":
            return self.book(order)
        own = order.key if self.waits(order) else key
        if order.kind == "document":
            return order_document(self.application, self.held, self.state, order._replace(key=own), at=self.at)
        return order.kind in providers and self.call(order, own)

    def call(self, order: Order, key: str) -> bool:
        """Let a module of another floor do it; False for what a colleague must do."""
        return providers[order.kind].order(Call(
            case=self.case, service=self.held.slug, state=order.key.partition("#")[0], name=str(order.details["name"]),
            values=order.details.get("with", {}), key=key, at=self.at,
        ))  # fmt: skip

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
        """Write a letter; a colleague posts what has no address that we know, or a value that no letter may have."""
        to = str(order.details.get("to", ""))
        is_partners = to in self.held.service.partners and to not in APPLICANT
        partner = address_of(self.held, to) if is_partners else None
        if is_partners and partner is None:
            ask_by_hand(self.application, self.course, self.held, order, waits=self.waits(order), at=self.at)
            return
        try:
            is_written = write_letter(
                application=self.application, held=self.held, state=self.state, order=order, key=key, at=self.at,
                by_day=self.is_timed, partner=partner,
            )  # fmt: skip
        except ValueError:
            log.exception("a letter could not be written", extra={"case": self.case.reference})
            ask_by_hand(self.application, self.course, self.held, order, waits=self.waits(order), at=self.at)
            return
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
