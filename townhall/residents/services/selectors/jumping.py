"""Where a colleague may put the process of an application by hand, and what would come of it."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from townhall.kernel.authority import selectors as authority
from townhall.kernel.catalogue.packages.calendars import NationCalendar
from townhall.kernel.catalogue.packages.model import Package
from townhall.kernel.catalogue.processes import engine
from townhall.kernel.catalogue.processes.engine import Event, Order, Refused, Unreadable
from townhall.kernel.catalogue.processes.model import Node
from townhall.kernel.catalogue.processes.words import WORDS, plain
from townhall.kernel.catalogue.words import Text
from townhall.residents.services.models import Application, Course
from townhall.residents.services.selectors.shelf import package
from townhall.residents.services.selectors.words import language

ORDERED = frozenset({"task", "letter", "payment", "booking", "document", "webhook", "decision"})


@dataclass(frozen=True, slots=True)
class Target:
    """A state that the process may be put into: its path, and its name with those that it stands in."""

    path: str
    words: str


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a jump would do: where the process is then, what is asked and sent, what is dropped, whether it ends."""

    states: list[str]
    ordered: list[str]
    dropped: list[str]
    is_end: bool


class Jumps:
    """The jumps that the process of an application could make at a moment."""

    def __init__(self, application: Application, at: datetime) -> None:
        course = Course.objects.filter(application=application).first()
        self.package, self.at = package(application.version), at
        self.process = self.package.process
        self.calendar, self.state = NationCalendar(authority.ours().nation), None
        if course is not None:
            with suppress(Unreadable):
                self.state = engine.read_state(self.process, course.state, application.answers)

    def to(self, path: str) -> engine.Moved | None:
        """What a jump to a state comes to; None where the process cannot be put there."""
        if self.state is None:
            return None
        event = Event("jump", path, reason="?")
        try:
            return engine.send(self.process, self.state, event, at=self.at, calendar=self.calendar)
        except Refused:
            return None


def targets(application: Application, at: datetime) -> list[Target]:
    """The states that the process could be put into now, in the order of the package."""
    jumps = Jumps(application, at)
    nodes = sorted(jumps.process.nodes.values(), key=lambda each: each.number)
    return [Target(each.path, " › ".join(_names(each))) for each in nodes if each.parent and jumps.to(each.path)]


def ahead(application: Application, path: str, at: datetime) -> Ahead | None:
    """What a jump to a state would do; None where the process cannot be put there now."""
    jumps = Jumps(application, at)
    moved = jumps.to(path)
    if moved is None:
        return None
    nodes = jumps.process.nodes
    dropped = [nodes[each.key.partition("#")[0]] for each in moved.orders if each.kind == "drop" and "#" in each.key]
    return Ahead(
        states=[each for path in moved.state.active for each in _names(nodes[path])[-1:]],
        ordered=[_said(each, jumps.package) for each in moved.orders if each.kind in ORDERED],
        dropped=[each.title.said(language()) for each in dropped], is_end=moved.state.status != "running",
    )  # fmt: skip


def _names(node: Node) -> list[str]:
    """What a state is called, after those that it stands in; the process itself is left out."""
    return [each.title.said(language()) for each in reversed(node.line()) if each.parent is not None]


def _said(order: Order, held: Package) -> str:
    """What is ordered, in a few words: a letter or document by its title, and whose it is where that is a partner."""
    if order.kind == "task":
        return Text(**order.details["title"]).said(language())
    name = str(order.details["name"])
    written = {"letter": held.letters, "document": held.documents}.get(order.kind, {}).get(name)
    words = Text(written.wording.title, written.wording.title_cy).said(language()) if written else plain(name)
    partner = held.service.partners.get(str(order.details.get("to", "")))
    whose = f" ({partner.text.said(language())})" if partner else ""
    return f"{WORDS[language()][order.kind].capitalize()}: {words}{whose}"
