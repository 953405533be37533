"""One case: its inputs, and the answers found so far. Source: DMN 1.5, 10.4."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from townhall.kernel.catalogue.decisions.conversion import taken
from townhall.kernel.catalogue.decisions.feel.calling import in_order
from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.kinds import FunctionKind, function_of
from townhall.kernel.catalogue.decisions.feel.scopes import Compiled, Scope
from townhall.kernel.catalogue.decisions.feel.values import Function, Value
from townhall.kernel.catalogue.decisions.limits import LimitReached, Run
from townhall.kernel.catalogue.decisions.model import Decision, Element, InputData, Knowledge, Service
from townhall.kernel.catalogue.decisions.types import ANYTHING, ModelType

DEEPEST = 200
LONGEST_WAY, MOST_WAYS = 6, 500
SHORT = 10**30


@dataclass(frozen=True, slots=True)
class Part:
    """An element, compiled. `imports` has the name of each model that its own model imports, by namespace."""

    element: Element
    namespace: str
    type: ModelType
    run: Compiled | None
    imports: dict[str, str]


@dataclass(slots=True)
class Library:
    """All elements of a model and of those that it imports, by reference."""

    parts: dict[str, Part] = field(default_factory=dict[str, Part])

    def paths(self, start: str, end: str) -> list[list[str]]:
        """The names of imports on the ways from one model to another, the shortest way first."""
        imports = {part.namespace: part.imports for part in self.parts.values()}
        waiting: list[tuple[str, list[str]]] = [(start, [])]
        found: list[list[str]] = []
        for namespace, names in waiting:
            if namespace == end and names:
                found.append(names)
            elif len(names) < LONGEST_WAY and len(waiting) < MOST_WAYS:
                waiting += [(each, [*names, name]) for each, name in imports.get(namespace, {}).items()]
        return found


@dataclass(frozen=True, slots=True)
class Plan:
    """The short way to a decision that needs nothing but inputs: each by its name, its type and Python's own type."""

    inputs: tuple[tuple[str, ModelType, type | None], ...]
    run: Compiled
    type: ModelType

    def answer(self, inputs: Mapping[str, Any], run: Run) -> Value:
        """The value of the decision."""
        scope = Scope({}, run)
        for name, wanted, plain in self.inputs:
            value = inputs.get(name)
            kind = type(value)
            if value is None or (kind is plain and kind is not Decimal):
                scope[name] = value
            elif kind is int and plain is Decimal and -SHORT < value < SHORT:
                scope[name] = Decimal(value)
            else:
                scope[name] = wanted.accepted(taken(value, wanted), run)
        return self.type.accepted(self.run(scope), run)


def planned(part: Part, library: Library) -> Plan | None:
    """The short way to a decision; none where it needs more than inputs of its own model."""
    needed = [library.parts.get(key) for key in part.element.needs]
    if part.run is None or not isinstance(part.element, Decision):
        return None
    inputs: list[tuple[str, ModelType, type | None]] = []
    for each in needed:
        if each is None or each.namespace != part.namespace or not isinstance(each.element, InputData):
            return None
        inputs.append((each.element.name, each.type, each.type.plain))
    return Plan(tuple(inputs), part.run, part.type)


@dataclass(slots=True)
class Session:
    """The answers of one case. `bound` holds the values that a service was called with, by reference."""

    library: Library
    namespace: str
    inputs: dict[str, Any]
    run: Run
    bound: dict[str, Value] = field(default_factory=dict[str, Value])
    answers: dict[str, Value] = field(default_factory=dict[str, Value])
    open: set[str] = field(default_factory=set[str])

    def value(self, key: str) -> Value:
        """The value of an input or decision, or the function that knowledge or a service is."""
        if key in self.answers:
            return self.answers[key]
        if key in self.bound:
            return self.bound[key]
        part = self.library.parts.get(key)
        if part is None:
            self.run.note(f"{key!r} is missing")
            return None
        if key in self.open:
            raise LimitReached(f"{part.element.name!r} needs itself: take one of the requirements out of the circle.")
        self.open.add(key)
        if len(self.open) > DEEPEST:
            raise LimitReached(f"Decisions need one another more than {DEEPEST} deep.")
        found = self.answers[key] = self.found(key, part)
        self.open.discard(key)
        return found

    def found(self, key: str, part: Part) -> Value:
        """The value of an element that was not asked for before."""
        if isinstance(part.element, InputData):
            return self.input(part)
        if isinstance(part.element, Knowledge):
            return self.function(key, part)
        if isinstance(part.element, Service):
            return self.service_function(part.element, part.namespace)
        if part.run is None:
            return self.input(part)
        return part.type.accepted(part.run(self.scope(part)), self.run)

    def input(self, part: Part) -> Value:
        """A value that was handed in, as its type has it; null where it was not."""
        value = self.handed(part)
        if value is None:
            return None
        return part.type.accepted(taken(value, part.type), self.run)

    def handed(self, part: Part) -> Any:
        """What was handed in for an input: under its name, or of an imported model, under the names of imports."""
        name = part.element.name
        if name in self.inputs or part.namespace == self.namespace:
            return self.inputs.get(name)
        for path in self.library.paths(self.namespace, part.namespace):
            for names in (path, path[-1:]):
                if ".".join([*names, name]) in self.inputs:
                    return self.inputs[".".join([*names, name])]
                held: Any = self.inputs
                for each in names:
                    held = held.get(each) if isinstance(held, dict) else None
                if isinstance(held, dict) and name in held:
                    return held[name]
        return None

    def scope(self, part: Part) -> Scope:
        """The names that an element sees, with their values."""
        scope = Scope({}, self.run)
        for key in part.element.needs:
            needed = self.library.parts.get(key)
            if needed is None:
                continue
            prefix = part.imports.get(needed.namespace, "") if needed.namespace != part.namespace else ""
            if prefix:
                held = scope.setdefault(prefix, {})
                held[needed.element.name] = self.value(key)
            else:
                scope[needed.element.name] = self.value(key)
        return scope

    def function(self, key: str, part: Part) -> Value:
        """The function that knowledge is; it sees itself."""
        if part.run is None or not isinstance(part.element, Knowledge) or part.element.function is None:
            return None
        scope = Scope({}, self.run)
        made = part.run(scope)
        if not isinstance(made, Function):
            return None

        def call(values: list[Value]) -> Value:
            if part.element.name not in scope:
                scope[part.element.name] = self.answers.get(key)
                self.open.discard(key)
                scope.update(self.scope(part))
            found = made.call(values)
            return found if isinstance(part.type.kind, FunctionKind) else part.type.accepted(found, self.run)

        return Function(made.parameters, made.kind, call, part.element)

    def parameters(self, service: Service) -> list[str]:
        """The references of what a service is called with, in order."""
        return [*service.input_data, *service.input_decisions]

    def service_function(self, service: Service, namespace: str) -> Function:
        """The function that a service is."""
        keys = self.parameters(service)
        names = tuple(self.name(key) for key in keys)
        types = [self.library.parts[key].type if key in self.library.parts else ANYTHING for key in keys]
        kind = function_of([each.kind for each in types], ANYTHING.kind)

        def call(values: list[Value]) -> Value:
            bound: dict[str, Value] = {}
            for key, name, wanted, value in zip(keys, names, types, values, strict=True):
                bound[key] = wanted.accepted(value, self.run)
                if bound[key] is None and value is not None:
                    raise OutOfDomain(f"{name!r} is not of the type it should be")
            return self.served(service, namespace, bound)

        return Function(names, kind, call, service)

    def name(self, key: str) -> str:
        """The name of what a reference names."""
        part = self.library.parts.get(key)
        return part.element.name if part else ""

    def arguments(self, service: Service) -> dict[str, Value]:
        """What a service is called with from outside, by reference."""
        bound: dict[str, Value] = {}
        for key in self.parameters(service):
            part = self.library.parts.get(key)
            if part is not None:
                bound[key] = self.input(part)
        return bound

    def served(self, service: Service, namespace: str, bound: dict[str, Value]) -> Value:
        """The result of a service: that of its decision, or a context of those of all."""
        self.run.enter()
        inner = Session(self.library, namespace, {}, self.run, bound)
        values = {self.name(key): inner.value(key) for key in service.outputs}
        self.run.leave()
        part = self.library.parts.get(f"{namespace}#{service.id}")
        made = next(iter(values.values())) if len(service.outputs) == 1 else values
        wanted = part.type if part else ANYTHING
        return made if isinstance(wanted.kind, FunctionKind) else wanted.accepted(made, self.run)

    def called(self, key: str, values: dict[str, Any]) -> Value:
        """The result of knowledge that is asked by itself, its arguments by name."""
        function = self.value(key)
        if not isinstance(function, Function):
            return None
        known = {name: taken(value) for name, value in values.items() if name in function.parameters}
        try:
            return function.call(in_order(function, list(known.values()), tuple(known)))
        except OutOfDomain as problem:
            self.run.note(str(problem))
            return None
