"""Reads what stands in a state: ways, timers, tasks and what is done on the way."""

from collections.abc import Iterable

from townhall.kernel.catalogue.decisions.feel.kinds import DATE
from townhall.kernel.catalogue.decisions.model import ModelError
from townhall.kernel.catalogue.decisions.yaml_tree import YamlNode
from townhall.kernel.catalogue.processes.expressions import Feel, compiled
from townhall.kernel.catalogue.processes.model import (
    SERVICES,
    SPANS,
    Action,
    Assignment,
    Definition,
    Frame,
    Message,
    Service,
    Task,
    Timer,
    Way,
)
from townhall.kernel.catalogue.words import Text, as_name, flag, text_of

NATIONS = ("england", "wales", "scotland", "northern_ireland")
CALENDARS = (*NATIONS, "united_kingdom")
"""Whose bank holidays a clock leaves out: a nation's, or those of any nation at all."""
LONGEST = 10_000


def named(node: YamlNode) -> str:
    """A name for the machine. Raises ModelError where it is none."""
    return as_name(node.text(), node)


class WayReader:
    """Reads what stands in the states of one process, whose expressions see the names of its frame."""

    def __init__(self, definition: Definition, frame: Frame) -> None:
        self.definition, self.frame, self.names = definition, frame, frame.names()

    def feel(self, node: YamlNode) -> Feel:
        """An expression."""
        self.definition.count(node.place)
        return compiled(node.text(), self.names, node.place)

    def text(self, node: YamlNode) -> Text:
        """A text in both languages; one that is missing is a problem."""
        self.definition.count(node.place)
        return text_of(node, self.definition.report)

    def message(self, node: YamlNode) -> Message:
        """A message: its text in both languages, and the form for what is said with it."""
        self.definition.count(node.place)
        text, held = text_of(node, self.definition.report, "form"), {} if isinstance(node.held, str) else node.keys()
        return Message(text, as_name(held["form"].text(), held["form"]) if "form" in held else "", node.place)

    def assignments(self, node: YamlNode, known: Iterable[str] | None = None) -> tuple[Assignment, ...]:
        """Names with their expressions; where `known` are told, only those may be set."""
        made: list[Assignment] = []
        for name, each in node.keys().items():
            if known is not None and name not in known:
                cure = "Name it there, or set another."
                raise ModelError(f"{name!r} is not under 'variables'.", each.place, cure)
            made.append(Assignment(name, self.feel(each)))
        return tuple(made)

    def actions(self, node: YamlNode | None) -> tuple[Action, ...]:
        """What is done, in order: `set`, or something for the outside."""
        made: list[Action] = []
        for each in node.items() if node else ():
            for kind, inside in each.keys("set", *SERVICES).items():
                if kind == "set":
                    made.extend(self.assignments(inside, self.frame.kept))
                else:
                    made.append(self.service(kind, inside))
        return tuple(made)

    def service(self, kind: str, node: YamlNode) -> Service:
        """Something for the outside: its name alone, or `name`, `to` and `with`."""
        self.definition.count(node.place)
        if isinstance(node.held, str):
            return self.complete(Service(kind, node.text(), "", (), node.place))
        held = node.keys("name", "to", "with")
        if "name" not in held:
            raise ModelError(f"The {kind} has no name.", node.place, f"Write {kind}: {{name: …}}.")
        values = self.assignments(held["with"]) if "with" in held else ()
        to = held["to"].text() if "to" in held else ""
        return self.complete(Service(kind, held["name"].text(), to, values, node.place))

    def complete(self, service: Service) -> Service:
        """The same; a payment that does not say how much is a problem."""
        if service.kind == "payment" and "amount_pence" not in {each.name for each in service.values}:
            cure = "Write with: {amount_pence: …}."
            self.definition.report(service.place, f"The payment {service.name!r} does not say how much.", cure)
        return service

    def task(self, node: YamlNode) -> tuple[Task, Timer | None]:
        """What a person does, and by when."""
        held = node.keys("who", "skills", "form", "due")
        if "who" not in held:
            raise ModelError("The task does not say who does it.", node.place, "Write who: and a team or role.")
        skills = tuple(each.text() for each in held["skills"].items()) if "skills" in held else ()
        due = self.timer(held["due"], 0, is_way=False) if "due" in held else None
        return Task(held["who"].text(), skills, held["form"].text() if "form" in held else ""), due

    def ways(self, node: YamlNode) -> tuple[Way, ...]:
        """The ways of one event, in the order in which they are tried."""
        return tuple(self.way(each) for each in node.items()) if not isinstance(node.held, dict) else (self.way(node),)

    def way(self, node: YamlNode, *also: str) -> Way:
        """A way: the name of a state alone, or what it needs and does."""
        self.definition.count(node.place)
        if isinstance(node.held, str):
            return Way(node.place, node.text())
        held = node.keys("to", "if", "do", "set", "resume", "undo", *also)
        sets: tuple[Action, ...] = self.assignments(held["set"], self.frame.kept) if "set" in held else ()
        return Way(
            node.place,
            held["to"].text() if "to" in held else "",
            self.feel(held["if"]) if "if" in held else None,
            (*sets, *self.actions(held.get("do"))),
            flag(held.get("resume")),
            flag(held.get("undo")),
        )

    def timers(self, node: YamlNode) -> dict[str, Timer]:
        """The timers of a state, by name."""
        made: dict[str, Timer] = {}
        items = [node] if isinstance(node.held, dict) else node.items()
        for number, each in enumerate(items, 1):
            timer = self.timer(each, number, is_way=True)
            if timer.name in made:
                raise ModelError(f"The timer {timer.name!r} comes twice.", each.place, "Give one another name.")
            made[timer.name] = timer
        return made

    def timer(self, node: YamlNode, number: int, *, is_way: bool) -> Timer:
        """A timer: one span of time or `at`, and the way that is taken then."""
        own = (*SPANS, "at", "nation", "keep")
        held = node.keys(*own, *(("name", "to", "if", "do", "set", "resume", "undo") if is_way else ()))
        spans = [each for each in (*SPANS, "at") if each in held]
        if len(spans) != 1:
            cure = f"Give one of {', '.join(SPANS)} and at."
            raise ModelError("A timer says once how long it is.", node.place, cure)
        name = named(held["name"]) if "name" in held else f"timer_{number}"
        nation = calendar_of(held.get("nation"))
        moment = self.feel(held["at"]) if spans[0] == "at" else None
        count = 0 if moment else whole(held[spans[0]])
        keep = self.variable(held["keep"]) if "keep" in held else ""
        return Timer(name, "" if moment else spans[0], count, nation, moment, self.way(node, "name", *own), keep)

    def variable(self, node: YamlNode) -> str:
        """The name of a variable for a day. Raises ModelError where there is none of that name and type."""
        name = node.text()
        if name not in self.frame.kept or self.frame.kept[name].kind is not DATE:
            raise ModelError(f"No variable {name!r} is a date.", node.place, f"Write {name}: date under 'variables'.")
        return name


def calendar_of(node: YamlNode | None) -> str:
    """Whose working days count; empty is the council's own nation. Raises ModelError."""
    if node is None:
        return ""
    if (nation := node.text()) not in CALENDARS:
        raise ModelError(f"There is no nation {nation!r}.", node.place, f"There are {', '.join(CALENDARS)}.")
    return nation


def whole(node: YamlNode) -> int:
    """A whole number of days or the like. Raises ModelError."""
    text = node.text()
    if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) <= LONGEST):
        raise ModelError(f"{text!r} is not a whole number from 1 to {LONGEST:,}.", node.place, "Write digits alone.")
    return int(text)
