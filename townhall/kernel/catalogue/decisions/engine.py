"""The door: a model, compiled, that answers its decisions.

engine = load(Path("eligibility.yaml"))
engine.decide("Eligible", {"Age": 17})
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from townhall.kernel.catalogue.decisions.boxes import MAKERS
from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.expressions import Reader
from townhall.kernel.catalogue.decisions.feel.names import Names
from townhall.kernel.catalogue.decisions.feel.scopes import Compiled
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.decisions.limits import DEFAULT, LimitReached, Limits, Run, running
from townhall.kernel.catalogue.decisions.loading import read_models
from townhall.kernel.catalogue.decisions.model import (
    Decision,
    Element,
    InputData,
    Knowledge,
    Model,
    ModelError,
    Place,
    Service,
)
from townhall.kernel.catalogue.decisions.sessions import Library, Part, Plan, Session, planned
from townhall.kernel.catalogue.decisions.tables import Found
from townhall.kernel.catalogue.decisions.types import TypeBook
from townhall.kernel.catalogue.decisions.within import texts_in
from townhall.kernel.catalogue.decisions.workshop import Problem, Workshop

__all__ = ["Answer", "Engine", "LimitReached", "ModelError", "Problem", "load"]


class Answer(NamedTuple):
    """What was decided, why parts of it are null, and what each table found, where a trace was asked for."""

    value: Value
    notes: tuple[str, ...] = ()
    trace: tuple[Found, ...] = ()


@dataclass(slots=True)
class Engine:
    """A model and those that it imports, compiled. `problems` says what is wrong with it."""

    models: list[Model]
    limits: Limits = DEFAULT
    problems: list[Problem] = field(default_factory=list[Problem])
    library: Library = field(default_factory=Library)
    plans: dict[str, Plan | None] = field(default_factory=dict[str, "Plan | None"])

    def __post_init__(self) -> None:
        for model in reversed(self.models):
            self.compile(model)

    @property
    def model(self) -> Model:
        """The model that was asked for."""
        return self.models[0]

    def report(self, place: Place, message: str, cure: str = "") -> None:
        """Keep what is wrong."""
        if (found := Problem(place, message, cure)) not in self.problems:
            self.problems.append(found)

    def compile(self, model: Model) -> None:
        """Compile the elements of a model."""
        book = TypeBook(self.report)
        names = {each.namespace: each.name for each in model.imports}
        for each in model.types:
            book.add(each)
        for other in self.models:
            if other.namespace in names and other is not model:
                for each in other.types:
                    book.add(each, names[other.namespace])
        kinds = book.kinds()
        members = book.members() | {each.name for other in self.models for each in other.elements.values()}
        reader = Reader(Names(members), kinds, self.limits)
        shop = Workshop(book, reader, self.problems, MAKERS)
        for number, element in list(model.elements.items()):
            element = model.elements[number] = self.with_imports(element, model)  # noqa: PLW2901
            key = f"{model.namespace}#{element.id}"
            self.library.parts[key] = Part(
                element,
                model.namespace,
                shop.type(element.type, element.place),
                self.compiled(shop, element, self.scope_of(element, model, names)),
                names,
            )

    def with_imports(self, element: Element, model: Model) -> Element:
        """An element that needs what its expressions name of imported models, where it only says which models."""
        named = {each.removeprefix("import:") for each in element.needs if each.startswith("import:")}
        if not named or not isinstance(element, Decision | Knowledge):
            return element
        texts = [text for text, _ in texts_in(element.box if isinstance(element, Decision) else element.function)]
        spaces = {each.namespace for each in model.imports if each.name in named}
        found = [
            f"{other.namespace}#{each.id}"
            for other in self.models
            for each in other.elements.values()
            if other.namespace in spaces and any(each.name in text for text in texts)
        ]
        return replace(element, needs=(*(each for each in element.needs if not each.startswith("import:")), *found))

    def scope_of(self, element: Element, model: Model, imports: dict[str, str]) -> tuple[str, ...]:
        """The names that an element's expressions see: of what it needs, and of imports."""
        found: list[str] = []
        for reference in element.needs:
            needed = self.element(reference)
            namespace = reference.rpartition("#")[0]
            if needed is None:
                self.report(
                    element.place, f"{element.name!r} needs {reference!r}, which is missing.", "Correct the reference."
                )
            elif namespace == model.namespace or not imports.get(namespace):
                found.append(needed.name)
            else:
                found.append(imports[namespace])
        return tuple(dict.fromkeys(found))

    def element(self, reference: str) -> Element | None:
        """The element that a reference names."""
        namespace, _, name = reference.rpartition("#")
        return next(
            (each.elements[name] for each in self.models if each.namespace == namespace and name in each.elements), None
        )

    def compiled(self, shop: Workshop, element: Element, names: tuple[str, ...]) -> Compiled | None:
        """The closure of an element; none of what has no logic."""
        if isinstance(element, Decision) and element.box is not None:
            return shop.box(element.box, names)
        if isinstance(element, Knowledge) and element.function is not None:
            return MAKERS[type(element.function)](shop, element.function, (*names, element.name))
        return None

    def decide(
        self, name: str, inputs: Mapping[str, Any], *, now: datetime | None = None, trace: bool = False
    ) -> Answer:
        """The answer of a decision or service.

        Raises KeyError for a name that is not in the model, LimitReached where it asks for more than it may have,
        and OutOfDomain for an input that FEEL has no value for.
        """
        run = Run(self.limits, now=now, trace=[] if trace else None)
        token = running.set(run)
        try:
            plan = self.plan(name)
            value = self.asked(name, inputs, run) if plan is None else plan.answer(inputs, run)
        except RecursionError as problem:
            raise LimitReached("This is nested too deep.") from problem
        finally:
            running.reset(token)
        return Answer(value, tuple(run.notes), tuple(run.trace or ()))

    def plan(self, name: str) -> Plan | None:
        """The short way to a decision, where there is one; found once."""
        if name not in self.plans:
            element = self.model.named(name)
            part = self.library.parts[f"{self.model.namespace}#{element.id}"] if element is not None else None
            if part is None:
                raise KeyError(name)
            self.plans[name] = planned(part, self.library)
        return self.plans[name]

    def asked(self, name: str, inputs: Mapping[str, Any], run: Run) -> Value:
        """The answer of anything that needs more than inputs."""
        element, space = self.model.named(name), self.model.namespace
        if element is None:
            raise KeyError(name)
        session = Session(self.library, space, dict(inputs), run)
        if isinstance(element, Service):
            return session.served(element, space, session.arguments(element))
        key = f"{space}#{element.id}"
        return session.called(key, dict(inputs)) if isinstance(element, Knowledge) else session.value(key)

    def names(self, kind: type[Element] = Decision) -> list[str]:
        """The names of the model's decisions, or of its elements of another kind."""
        return [each.name for each in self.model.elements.values() if isinstance(each, kind)]

    def inputs_of(self, name: str) -> list[str]:
        """The names of the inputs that a decision needs, itself or through others."""
        element = self.model.named(name)
        waiting, seen, found = [f"{self.model.namespace}#{element.id}" if element else ""], set[str](), list[str]()
        while waiting:
            key = waiting.pop(0)
            part = self.library.parts.get(key)
            if part is None or key in seen:
                continue
            seen.add(key)
            if isinstance(part.element, InputData):
                found.append(part.element.name)
            waiting.extend(part.element.needs)
        return found


def load(path: Path, limits: Limits = DEFAULT) -> Engine:
    """The engine of a file in XML or YAML. Raises ModelError with file, line and cure."""
    return Engine(read_models(path, limits), limits)


__all__ += ["OutOfDomain"]
