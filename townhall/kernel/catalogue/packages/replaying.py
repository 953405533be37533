"""Takes a case that was, with its answers and what happened to it, through a version of its service once more."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from townhall.kernel.catalogue.decisions.limits import LimitReached
from townhall.kernel.catalogue.decisions.model import Place
from townhall.kernel.catalogue.forms.engine import TooMuch, submitted
from townhall.kernel.catalogue.packages.calendars import NationCalendar, facts_on
from townhall.kernel.catalogue.packages.model import Example, Happening, Package
from townhall.kernel.catalogue.packages.running import Budget, Trial
from townhall.kernel.catalogue.processes.engine import Event, Moved, Order, Refused
from townhall.kernel.catalogue.processes.states import RUNNING

MOST_MOVES = 1_000
REFUND = "refund"


@dataclass(frozen=True, slots=True)
class Past:
    """A case that was: when it was sent, its answers, and the events from outside with when they came (`kind`, `name`,
    `data`, `reason`, `at`). It is looked at up to `until`.
    """

    sent_at: datetime
    answers: Mapping[str, Any]
    told: Sequence[Mapping[str, Any]]
    until: datetime
    nation: str


@dataclass(slots=True)
class Came:
    """What a version makes of a case. `stopped`: why it could not be replayed to its end. `days`: working days until
    it ended; none where it runs.
    """

    states: tuple[str, ...] = ()
    has_ended: bool = False
    decided: dict[str, Any] = field(default_factory=dict[str, Any])
    fees_pence: int = 0
    letters: tuple[str, ...] = ()
    days: int | None = None
    stopped: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that would have come out otherwise: a decision, the end, the fee, letters, days."""

    about: str
    name: str
    before: str
    after: str


class Replay(Trial):
    """One case on its way through a version once more. What the house answers by itself is answered here too."""

    def __init__(self, package: Package, past: Past, answers: Mapping[str, Any]) -> None:
        example = Example("", Place(""), "", "", past.nation, answers=answers)
        super().__init__(package, example, answers, past.sent_at, Budget(MOST_MOVES))
        self.fees, self.moved_at = 0, past.sent_at
        self.heard = {str(each.get("name", "")).partition("#")[0] for each in past.told}

    def take(self, moved: Moved) -> None:
        """Keep what came of an event, and answer what no person answers: letters, documents, nothing to pay, places."""
        self.moved_at = self.at
        super().take(moved)
        for order in moved.orders:
            if order.kind == "payment":
                self.fees += amount_of(order)
            if (event := self.by_itself(order)) is not None:
                self.waiting.append(event)

    def by_itself(self, order: Order) -> Event | None:
        """What the house says of an order without anybody; none for what somebody must do, and for a document of which
        it is kept what came.
        """
        path = order.key.partition("#")[0]
        node = self.package.process.nodes.get(path)
        if node is None or not node.waits or self.state is None or not self.state.is_open(order.key):
            return None
        amount, name = amount_of(order), order.details.get("name")
        if order.kind == "payment" and (name == REFUND or amount <= 0):
            return Event("done", order.key, {"amount_pence": abs(amount)})
        if (
            order.kind == "letter"
            or (order.kind == "document" and path not in self.heard)
            or (order.kind == "booking" and name in {"cancel", "confirm"})
        ):
            return Event("done", order.key)
        return None

    def letter(self, order: Order) -> None:
        """Note that a letter goes; its words are not looked at."""
        to = str(order.details.get("to", ""))
        self.letters.append(f"{order.details['name']} to {to}" if to else str(order.details["name"]))

    def hear(self, told: Mapping[str, Any]) -> None:
        """Let something happen at its time. Raises Refused."""
        self.wait(datetime.fromisoformat(told["at"]))
        name, data = str(told.get("name", "")).partition("#")[0], dict(told.get("data", {}))
        if self.state is None or self.state.status != RUNNING:
            return
        asked = [each for each in self.asks if each.kind == "payment" and each.key.partition("#")[0] == name]
        if asked and "amount_pence" in data:
            data["amount_pence"] = amount_of(asked[-1])
        happening = Happening(Place(""), "", str(told["kind"]), name, data, str(told.get("reason", "")))
        self.send(self.event(happening))


def amount_of(order: Order) -> int:
    """The sum that an order speaks of, in pence; negative for what goes back."""
    found = order.details.get("with", {}).get("amount_pence", 0)
    return found if isinstance(found, int) else 0


def replayed(package: Package, past: Past, answers: Mapping[str, Any]) -> Came:
    """What a version makes of a case with these answers."""
    replay, stopped = Replay(package, past, answers), ""
    try:
        replay.begin()
        for each in past.told:
            replay.hear(each)
        replay.wait(past.until)
    except (Refused, LimitReached, ValueError) as problem:
        stopped = str(problem)
    state = replay.state
    if state is None:
        return Came(stopped=stopped)
    has_ended = state.status != RUNNING
    calendar = NationCalendar(past.nation)
    return Came(
        tuple(sorted(state.active)), has_ended, replay.decided, replay.fees, tuple(replay.letters),
        calendar.between(past.sent_at, replay.moved_at, past.nation) if has_ended else None, stopped,
    )  # fmt: skip


def answers_in(package: Package, past: Past) -> dict[str, Any]:
    """The answers as the form of a version takes them, calculated ones anew. Raises Refused where it takes them not."""
    facts = facts_on(past.sent_at.date(), past.nation)
    try:
        found = submitted(package.form, dict(past.answers), facts=facts)
    except (LimitReached, TooMuch) as problem:
        raise Refused(str(problem)) from problem
    if found.mistakes:
        mistake = found.mistakes[0]
        raise Refused(f"The form would not take the answers: {mistake.question}: {mistake.text.en}.")
    return dict(found.answers)


def differences(before: Came, after: Came) -> Iterator[Difference]:
    """What would have come out otherwise."""
    for name in [*before.decided, *(each for each in after.decided if each not in before.decided)]:
        one, other = before.decided.get(name, "not asked"), after.decided.get(name, "not asked")
        if one != other:
            yield Difference("decision", name, str(one), str(other))
    if (before.states, before.has_ended) != (after.states, after.has_ended):
        yield Difference("end", "", " + ".join(before.states), " + ".join(after.states))
    if before.fees_pence != after.fees_pence:
        yield Difference("fee", "", pounds(before.fees_pence), pounds(after.fees_pence))
    if before.letters != after.letters:
        yield Difference("letters", "", ", ".join(before.letters) or "none", ", ".join(after.letters) or "none")
    if before.days != after.days and None not in (before.days, after.days):
        yield Difference("days", "", str(before.days), str(after.days))


def pounds(pence: int) -> str:
    """A sum as people write it."""
    return f"{'-' if pence < 0 else ''}£{abs(pence) / 100:,.2f}"
