"""Takes one example through the process: its events and timers, the decisions on the way, the letters and documents."""

from collections import deque
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from townhall.kernel.catalogue.decisions.model import Place
from townhall.kernel.catalogue.packages.calendars import NationCalendar
from townhall.kernel.catalogue.packages.deciding import decided
from townhall.kernel.catalogue.packages.examples import moment_of
from townhall.kernel.catalogue.packages.filling import GIVEN, filled
from townhall.kernel.catalogue.packages.model import Example, Happening, Package
from townhall.kernel.catalogue.packages.telling import asking, differing, listed, saying, when
from townhall.kernel.catalogue.processes.engine import Event, Moved, Order, Refused, State, send, start
from townhall.kernel.catalogue.processes.model import ROOT
from townhall.kernel.notify.rules import Wording, as_text, fill, fill_line

ASKED = {"payment", "booking", "document", "webhook"}
MOST_MOVES = 3_000
MOST_EVENTS = 200
"""Events that may follow from one, such as decisions one after another."""
SITE = "https://town.example"
TOLD = {name: f"{name} here" for name in GIVEN} | {"link": "/services/case/1"}


class Budget:
    """How many moves all examples of a package may take together."""

    def __init__(self, moves: int = MOST_MOVES) -> None:
        self.left = moves

    def spend(self) -> None:
        """Count a move. Raises Refused where there have been too many."""
        self.left -= 1
        if self.left < 0:
            raise Refused(f"The examples take more than {MOST_MOVES:,} moves together.")


class Trial:
    """One case of an example."""

    def __init__(
        self, package: Package, example: Example, answers: Mapping[str, Any], at: datetime, budget: Budget
    ) -> None:
        self.package, self.example, self.answers, self.at = package, example, dict(answers), at
        self.budget, self.calendar = budget, NationCalendar(example.nation)
        self.state: State | None = None
        self.waiting = deque[Event]()
        self.due: dict[str, str] = {}
        self.every_text, self.every_state = set[tuple[str, str]](), set[str]()
        self.forget()

    def forget(self) -> None:
        """Begin to collect anew what is sent, asked for and decided."""
        self.letters, self.asks = list[str](), list[Order]()
        self.texts, self.texts_cy = dict[str, str](), dict[str, str]()
        self.decided: dict[str, Any] = {}

    def whole(self) -> Iterator[tuple[Place, str]]:
        """Everything that is not as the example says, up to where something is refused that should happen."""
        for number, each in enumerate(self.example.happens):
            refused = ""
            try:
                if number == 0:
                    self.begin()
                self.wait(moment_of(each.at))
                if each.kind:
                    self.send(self.event(each))
            except Refused as problem:
                refused = str(problem)
            if refused and each.refused is None:
                yield each.place, f"it is refused: {refused}"
                return
            yield from ((each.place, found) for found in self.outcome(each, refused))
            self.forget()

    def begin(self) -> None:
        """Open the case at the example's moment."""
        self.take(start(self.package.process, self.answers, at=self.at, calendar=self.calendar))
        self.follow()

    def wait(self, until: datetime) -> None:
        """Let time pass; what is due comes at its own moment."""
        while self.state is not None and self.state.timers:
            at, key = min((datetime.fromisoformat(due), key) for key, due in self.state.timers.items())
            if at > until:
                break
            self.at = max(at, self.at)
            self.send(Event("due", key))
        self.at = until

    def event(self, happening: Happening) -> Event:
        """What happens, its key completed."""
        name, active = happening.name, self.state.active if self.state else {}
        if happening.kind in {"done", "failed"} and name in active:
            name = f"{name}#{active[name]}"
        return Event(happening.kind, name, dict(happening.data), happening.reason, happening.by)

    def send(self, event: Event) -> None:
        """Send an event to the case, and what follows from it. Raises Refused."""
        self.waiting.clear()
        self.move(event)
        self.follow()

    def move(self, event: Event) -> None:
        """Send an event to the case. Raises Refused."""
        self.budget.spend()
        if self.state is None:
            raise Refused("The case has not begun.")
        self.take(send(self.package.process, self.state, event, at=self.at, calendar=self.calendar))

    def follow(self) -> None:
        """Send the answers that wait, but not those to states that were left meanwhile. Raises Refused."""
        for _ in range(MOST_EVENTS):
            if not self.waiting:
                return
            event = self.waiting.popleft()
            if self.state is not None and self.state.is_open(event.name):
                self.move(event)
        raise Refused(f"More than {MOST_EVENTS} events follow from one: does it go round?")

    def take(self, moved: Moved) -> None:
        """Keep what came of an event, and answer the decisions that were asked for."""
        self.state = moved.state
        self.every_state |= {*moved.state.active, *(each.state for each in moved.steps if each.kind == "entered")}
        for order in moved.orders:
            if order.kind == "letter":
                self.letter(order)
            elif order.kind in ASKED:
                self.ask(order)
            elif order.kind == "decision":
                self.decide(order)
            elif due := order.details.get("due"):
                self.due[order.key.partition("#")[0]] = due
            elif order.kind == "drop":
                self.due.pop(order.key.partition("#")[0], None)

    def decide(self, order: Order) -> None:
        """Answer a decision, and tell the process where it waits for it."""
        event = decided(self.package, order, at=self.at).event
        name = str(order.details["name"])
        self.decided[name.partition("#")[2] or name] = event.data.get("value")
        node = self.package.process.nodes.get(order.key.partition("#")[0])
        if node is not None and node.waits and "#" in order.key:
            self.waiting.append(event)

    def letter(self, order: Order) -> None:
        """Write a letter in both languages, as it would go."""
        name, to = str(order.details["name"]), str(order.details.get("to", ""))
        self.letters.append(f"{name} to {to}" if to else name)
        self.every_text.add(("letter", name))
        if name in self.package.letters:
            self.write(name, order, self.package.letters[name].wording)

    def ask(self, order: Order) -> None:
        """Note what is asked for; a document is written, as it would be made."""
        self.asks.append(order)
        name = str(order.details["name"])
        if order.kind == "document" and name in self.package.documents:
            self.every_text.add(("document", name))
            self.write(f"document {name}", order, self.package.documents[name].wording)

    def write(self, name: str, order: Order, wording: Wording) -> None:
        """Fill a text in, in both languages."""
        for language, texts in (("en", self.texts), ("cy", self.texts_cy)):
            values = filled(
                self.package, wording, language, given=order.details.get("with", {}), answers=self.answers,
                variables=self.state.values.get(ROOT, {}) if self.state else {}, told=TOLD,
            )  # fmt: skip
            subject, body = wording.parts(language)
            texts[name] = f"{fill_line(subject, values)}\n{as_text(fill(body, values, base_url=SITE))}"

    def outcome(self, happening: Happening, refused: str) -> Iterator[str]:
        """What is not as a happening says."""
        if happening.refused is not None and happening.refused not in (refused or "-"):
            yield f"it is {'refused: ' + refused if refused else 'not refused'}, not refused: {happening.refused}"
        state = self.state
        if state is None:
            return
        if happening.state is not None:
            yield from listed("the case is in", sorted(state.active), sorted(happening.state))
        yield from listed("the letters are", self.letters, happening.letters)
        yield from asking(self.asks, happening.asks)
        yield from differing("decision", self.decided, happening.decided)
        yield from differing("value", state.values.get(ROOT, {}), happening.values)
        yield from when({**self.due, **state.timers}, happening.due)
        yield from saying(happening, self.texts, self.texts_cy)
