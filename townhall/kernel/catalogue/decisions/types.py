"""The types that a model defines, and whether a value keeps to them: its components, its allowed values.

Source: DMN 1.5, 7.3.3.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from townhall.kernel.catalogue.decisions.feel import kinds
from townhall.kernel.catalogue.decisions.feel.errors import FeelError
from townhall.kernel.catalogue.decisions.feel.expressions import Reader
from townhall.kernel.catalogue.decisions.feel.judging import INPUT
from townhall.kernel.catalogue.decisions.feel.kinds import Kind
from townhall.kernel.catalogue.decisions.feel.scopes import Compiled, Scope
from townhall.kernel.catalogue.decisions.feel.typing import SIMPLE, converted
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.decisions.limits import Run
from townhall.kernel.catalogue.decisions.model import ItemType, Place

Report = Callable[[Place, str, str], None]
PLAIN = {kind: python for python, kind in SIMPLE.items()}


@dataclass(frozen=True, slots=True)
class ModelType:
    """A type with what its values must satisfy: each by itself (`allowed`), or the whole list (`constraint`)."""

    name: str
    kind: Kind
    of: "ModelType | None" = None
    components: dict[str, "ModelType"] = field(default_factory=dict[str, "ModelType"])
    allowed: Compiled | None = None
    constraint: Compiled | None = None
    plain: type | None = field(init=False)
    """Python's type of its values, where they need no more than that."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "plain", PLAIN.get(self.kind) if self.is_plain else None)

    @property
    def is_plain(self) -> bool:
        """Whether its values need no more than their kind."""
        return not (self.allowed or self.constraint or self.components or self.of)

    def accepted(self, value: Value, run: Run) -> Value:
        """The value as this type has it; null, with a note, where it is none of this type."""
        if value is None or type(value) is self.plain:
            return value
        made, possible = converted(value, self.kind)
        if not possible:
            run.note(f"a value is not of the type {self.name or kinds.described(self.kind)}")
            return None
        if not self.is_plain and not self.keeps(made, run):
            run.note(f"a value is not one that the type {self.name} allows")
            return None
        return made

    def keeps(self, value: Value, run: Run) -> bool:
        """Whether a value of the right kind, and all that is in it, is allowed."""
        if value is None:
            return True
        if self.of is not None:
            items = value if isinstance(value, list) else [value]
            run.step(len(items))
            if not all(self.of.keeps(item, run) for item in items):
                return False
        held: dict[str, Value] = value if isinstance(value, dict) else {}
        if held and not all(part.keeps(held.get(name), run) for name, part in self.components.items()):
            return False
        return all(test is None or test(Scope({INPUT: value}, run)) is True for test in (self.allowed, self.constraint))


ANYTHING = ModelType("", kinds.ANY)


class TypeBook:
    """All types of a model and of those that it imports, by name."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.written: dict[str, ItemType] = {}
        self.made: dict[str, ModelType] = {}
        self.making: set[str] = set()
        self.prefixes: dict[str, str] = {}
        self.plain = Reader()

    def add(self, found: ItemType, prefix: str = "") -> None:
        """Take a type in; `prefix` is the name of the import that it comes from."""
        name = f"{prefix}.{found.name}" if prefix else found.name
        self.written[name] = found
        self.prefixes[name] = prefix

    def kinds(self) -> dict[str, Kind | None]:
        """The kind of each type, by name."""
        return {name: self.named(name, found.place).kind for name, found in self.written.items()}

    def members(self) -> set[str]:
        """The names of all components of all types."""
        waiting, names = list(self.written.values()), set[str]()
        while waiting:
            found = waiting.pop()
            names |= {each.name for each in found.components}
            waiting.extend(found.components)
        return names

    def named(self, name: str, place: Place, prefix: str = "") -> ModelType:
        """The type of a name; anything at all where the name is empty or unknown."""
        name = name.strip()
        for candidate in (f"{prefix}.{name}" if prefix else name, name):
            if candidate in self.made:
                return self.made[candidate]
            if candidate in self.written:
                return self.make(candidate)
        short = name.rpartition(":")[2] if ":" in name else name
        kind = kinds.SIMPLE.get(short) or kinds.XML_NAMES.get(short)
        if short in {"context", "list", "function", "range"}:
            return ANYTHING
        if kind is not None:
            return ModelType(short, kind)
        if short != name and short in self.written:
            return self.named(short, place, prefix)
        if name:
            self.report(place, f"There is no type {name!r}.", f"Types are {', '.join([*kinds.SIMPLE, *self.written])}.")
        return ANYTHING

    def make(self, name: str) -> ModelType:
        """The type of a name that is written in a model; one that holds itself is anything at that place."""
        if name in self.making:
            return ANYTHING
        self.making.add(name)
        try:
            made = self.made[name] = self.model_type(self.written[name], name, self.prefixes[name])
        finally:
            self.making.discard(name)
        return made

    def model_type(self, found: ItemType, name: str, prefix: str) -> ModelType:
        """A type as it is written."""
        allowed = self.tests(found.allowed, found.place)
        constraint = self.tests(found.constraint, found.place)
        components: dict[str, ModelType] = {}
        if found.components:
            components = {each.name: self.model_type(each, f"{name}.{each.name}", prefix) for each in found.components}
            kind: Kind = kinds.context_of({key: held.kind for key, held in components.items()})
            base = ModelType(name, kind, None, components, allowed)
        elif found.parameters is not None:
            parameters = [self.named(each.type, found.place, prefix).kind for each in found.parameters]
            base = ModelType(name, kinds.function_of(parameters, self.named(found.result, found.place, prefix).kind))
        else:
            under = self.named(found.of, found.place, prefix) if found.of else ANYTHING
            base = ModelType(name, under.kind, None if under.is_plain else under, {}, allowed)
        if not found.many:
            return ModelType(name, base.kind, base.of, base.components, base.allowed, constraint)
        return ModelType(name, kinds.list_of(base.kind), base, {}, None, constraint)

    def tests(self, text: str, place: Place) -> Compiled | None:
        """The tests of allowed values, compiled; none where there are none."""
        if not text.strip():
            return None
        try:
            return self.plain.tests(text).run
        except FeelError as problem:
            self.report(place, f"Allowed values are no tests: {problem.message}", 'As in "A", "B" or [1..10].')
            return None
