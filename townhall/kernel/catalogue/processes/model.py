"""A process as it is written: states, the ways between them, what is done on the way, and when."""

from dataclasses import dataclass, field

from townhall.kernel.catalogue.decisions.feel.kinds import ANY, Kind
from townhall.kernel.catalogue.decisions.model import ModelError, Place
from townhall.kernel.catalogue.decisions.workshop import Problem
from townhall.kernel.catalogue.processes.expressions import Feel
from townhall.kernel.catalogue.words import Text

ROOT = ""
"""The path of the process itself."""
SERVICES = ("letter", "payment", "booking", "document", "webhook", "decision")
SPANS = ("minutes", "hours", "days", "working days")
MOST_PROBLEMS, MOST_PARTS = 100, 20_000


@dataclass(frozen=True, slots=True)
class Assignment:
    """`name: expression`: what a variable is from then on."""

    name: str
    value: Feel


@dataclass(frozen=True, slots=True)
class Service:
    """What the outside must do: its kind, its name there, for whom, and with which values."""

    kind: str
    name: str
    to: str
    values: tuple[Assignment, ...]
    place: Place


Action = Assignment | Service


@dataclass(frozen=True, slots=True)
class Task:
    """What a person does: which team or role, what they must be able to do, and the form that they fill in."""

    who: str
    skills: tuple[str, ...] = ()
    form: str = ""


@dataclass(slots=True)
class Way:
    """A way out of a state. Without a target the state is not left; `around` is the state that stays entered."""

    place: Place
    wanted: str = ""
    guard: Feel | None = None
    actions: tuple[Action, ...] = ()
    resumes: bool = False
    undoes: bool = False
    target: "Node | None" = None
    around: "Node | None" = None


@dataclass(frozen=True, slots=True)
class Message:
    """What may come from outside, in words. `form` names the form for what is said with it, `result.NAME` on its ways.
    """

    text: Text
    form: str
    place: Place


@dataclass(slots=True)
class Timer:
    """A way that is taken when its time has come: after so much time, or at a moment that an expression says. `keep`
    names the variable that has the day on which it is due.
    """

    name: str
    span: str
    count: int
    nation: str
    moment: Feel | None
    way: Way
    keep: str = ""


@dataclass(slots=True)
class Node:
    """A state, with what stands in it. `number` is its order in the file; `frame` says whose variables it sees."""

    path: str
    title: Text
    place: Place
    kind: str
    number: int = 0
    parent: "Node | None" = None
    children: dict[str, "Node"] = field(default_factory=dict[str, "Node"])
    start: str = ""
    join: str = "all"
    frame: str = ROOT
    task: Task | None = None
    due: Timer | None = None
    service: Service | None = None
    entry: tuple[Action, ...] = ()
    exit: tuple[Action, ...] = ()
    undo: tuple[Action, ...] = ()
    cancelled: tuple[Action, ...] = ()
    on: dict[str, tuple[Way, ...]] = field(default_factory=dict[str, tuple[Way, ...]])
    then: tuple[Way, ...] = ()
    timers: dict[str, Timer] = field(default_factory=dict[str, Timer])
    pauses: tuple[str, ...] = ()
    given: tuple[Assignment, ...] = ()
    calls: str = ""
    is_resumed: bool = False
    lineage: "tuple[Node, ...]" = ()
    waits: bool = False
    """Whether somebody or something outside must say that it is done."""
    clocks: tuple[tuple[str, Timer], ...] = ()
    stills: tuple[tuple[str, Timer], ...] = ()
    """Its timers with their keys, and those around it that it lets stand still."""

    @property
    def name(self) -> str:
        """Its name among its neighbours."""
        return self.path.rpartition("/")[2]

    @property
    def is_called(self) -> bool:
        """Whether what stands in it is a process of its own."""
        return bool(self.calls)

    def ways(self) -> "list[Way]":
        """Every way out of it, timers included."""
        timed = [each.way for each in self.timers.values()]
        return [*(way for ways in self.on.values() for way in ways), *self.then, *timed]

    def prepare(self, number: int) -> None:
        """Work out, once all is read, what a case needs at every step."""
        self.number = number
        self.waits = self.task is not None or (self.service is not None and not self.then)
        self.clocks = tuple((f"{self.path}@{name}", timer) for name, timer in self.timers.items())
        self.stills = tuple(
            (f"{each.path}@{name}", each.timers[name])
            for name in self.pauses
            for each in self.line()[1:]
            if name in each.timers
        )

    def line(self) -> "tuple[Node, ...]":
        """It and the states that it stands in, the outermost last."""
        if not self.lineage:
            self.lineage = (self, *(self.parent.line() if self.parent else ()))
        return self.lineage


@dataclass(slots=True)
class Variable:
    """A name that the process keeps a value for, or that the answers have: its type and what it begins with."""

    kind: Kind
    begins: object = None


@dataclass(slots=True)
class Frame:
    """The names that a process sees: those it is given, those it keeps, and the processes that it calls."""

    facts: dict[str, Variable] = field(default_factory=dict[str, Variable])
    kept: dict[str, Variable] = field(default_factory=dict[str, Variable])
    calls: dict[str, str] = field(default_factory=dict[str, str])

    def kind(self, name: str) -> Kind:
        """The type of a name."""
        found = self.kept.get(name) or self.facts.get(name)
        return found.kind if found else ANY

    def names(self) -> list[str]:
        """All names that its expressions may speak of."""
        return [*self.facts, *self.kept, *self.calls]


@dataclass(slots=True)
class Definition:
    """A process, read and compiled. `hash` is that of its content: comments and layout do not change it."""

    file: str
    title: Text
    hash: str
    nodes: dict[str, Node]
    frames: dict[str, Frame]
    messages: dict[str, Message]
    problems: list[Problem] = field(default_factory=list[Problem])
    timed: set[str] = field(default_factory=set[str])
    """The keys of all timers."""
    parts: int = 0
    """How many ways, actions, timers and texts have been read."""
    verdicts: dict[tuple[str, ...], str] = field(default_factory=dict[tuple[str, ...], str])
    """Why a case cannot be in certain states at once, or that it can: what has been worked out already."""

    @property
    def root(self) -> Node:
        """The process itself."""
        return self.nodes[ROOT]

    def report(self, place: Place, message: str, cure: str = "") -> None:
        """Keep what is wrong; of very much, the beginning."""
        if len(self.problems) < MOST_PROBLEMS and (found := Problem(place, message, cure)) not in self.problems:
            self.problems.append(found)

    def count(self, place: Place) -> None:
        """Count what is read. Raises ModelError where it is more than a process may have."""
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise ModelError(f"There are more than {MOST_PARTS:,} ways, actions and texts.", place, "Take it apart.")


def within(path: str, outer: str) -> bool:
    """Whether a path is another one or stands inside it."""
    return outer in (ROOT, path) or path.startswith(outer + "/")


def meeting(one: Node, other: Node) -> Node:
    """The innermost state with states one after another that both stand in; the process itself at the least."""
    around = {each.path for each in one.line()[1:]}
    for each in other.line()[1:]:
        if each.path in around and each.kind != "parallel":
            return each
    return other.line()[-1]
