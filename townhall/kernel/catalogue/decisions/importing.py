"""Writes models in DMN as models in YAML, with the same meaning. What is left behind is listed."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from townhall.kernel.catalogue.decisions.box_writing import Held, body, in_file, keyed, of_type, variables
from townhall.kernel.catalogue.decisions.boxes_in_xml import BOXES
from townhall.kernel.catalogue.decisions.dmn import ELEMENTS, REQUIREMENTS, read_dmn
from townhall.kernel.catalogue.decisions.limits import DEFAULT, Limits
from townhall.kernel.catalogue.decisions.model import (
    Decision,
    Element,
    Import,
    InputData,
    ItemType,
    Knowledge,
    Model,
    ModelError,
    Place,
    Service,
)
from townhall.kernel.catalogue.decisions.xmltree import XmlElement, left_behind, read_xml
from townhall.kernel.catalogue.decisions.yaml_models import read_yaml
from townhall.kernel.catalogue.decisions.yaml_text import Imported, yaml_of

READ = {*ELEMENTS, "itemDefinition", "import", "description", "DMNDI"}
READ_INSIDE = {
    *BOXES, *REQUIREMENTS, "variable", "question", "description", "encapsulatedLogic", "outputDecision",
    "encapsulatedDecision", "inputDecision", "inputData",
}  # fmt: skip


def imported(content: bytes, file: str, limits: Limits = DEFAULT) -> Imported:
    """A model as YAML. Raises ModelError where it is no DMN, or has nothing that YAML has words for."""
    model, root = read_dmn(content, file, limits), read_xml(content, file, limits)
    left = [left_behind(each) for each in passed(root)]
    try:
        text = text_of(Writing(model, left), limits)
    except RecursionError as problem:
        raise ModelError("The model is nested too deep.", Place(file), "Take it apart.") from problem
    return Imported(text, tuple(dict.fromkeys(left)))


def passed(root: XmlElement) -> Iterable[XmlElement]:
    """What reading a model passes over."""
    for each in root.children:
        if each.name not in READ or "/DMN/" not in each.attributes.get("importType", "/DMN/"):
            yield each
        elif each.name in ELEMENTS:
            asked = bool(each.text_of("question"))
            yield from (one for one in each.children if one.name not in READ_INSIDE)
            yield from (one for one in each.all("description") if asked)


def text_of(made: "Writing", limits: Limits) -> str:
    """The text of a model; what its expressions do not show to be needed is said in it."""
    again = read_yaml(yaml_of(made.whole({})).encode(), "again.yaml", limits)
    found = {name: names_in(element.needs, again) for name, element in again.elements.items()}
    wanted = {name: needs for name, needs in made.needs.items() if set(needs) != set(found[name])}
    text = yaml_of(made.whole(wanted))
    read_yaml(text.encode(), "again.yaml", limits)
    return text


def names_in(needs: Iterable[str], model: Model) -> list[str]:
    """The names of what is needed in a model itself."""
    inside = [each.removeprefix(f"{model.namespace}#") for each in needs if each.startswith(f"{model.namespace}#")]
    return [model.elements[each].name for each in inside if each in model.elements]


class Writing:
    """One model on its way; what has no words in YAML is left out, and said."""

    def __init__(self, model: Model, left: list[str]) -> None:
        self.model, self.left = model, left
        self.made: dict[str, tuple[Element, Any]] = {}
        makers: dict[type[Element], Callable[[Any], Any]] = {
            Decision: decided, Knowledge: shared, InputData: given, Service: self.served,
        }  # fmt: skip
        for kind, make in makers.items():
            for each in model.elements.values():
                if type(each) is kind:
                    self.keep(each, make)
        self.needs = {
            name: [one for one in names_in(each.needs, model) if one in self.made and one != name]
            for name, (each, _) in self.made.items()
            if isinstance(each, Decision | Knowledge)
        }

    def keep(self, element: Element, make: Callable[[Any], Any]) -> None:
        """Write an element, or say why it is left out."""
        try:
            if element.name in self.made:
                raise ModelError("Something else is called so too.", element.place, "Rename one of them.")
            self.made[element.name] = element, make(element)
        except ModelError as problem:
            said = f"{element.name!r} is not carried over: {problem.message} {problem.cure}"
            self.left.append(f"line {problem.place.line or element.place.line}: {said}".strip())

    def served(self, service: Service) -> Held:
        """A service. Raises ModelError where what it speaks of is not there."""
        given = (*service.input_decisions, *service.input_data)
        lists = {"outputs": service.outputs, "decisions": service.inside, "inputs": given}
        made: Held = {"type": service.type} if service.type else {}
        made |= {"about": in_file(service.about)} if service.about else {}
        for key, references in lists.items():
            names = [each for each in names_in(references, self.model) if each in self.made]
            if len(names) != len(references) or (key == "outputs" and not names):
                raise ModelError("What it speaks of is not there.", service.place, "Mend the model.")
            made |= {key: names} if names else {}
        return made

    def whole(self, needs: Mapping[str, list[str]]) -> Held:
        """The model; `needs` are what is said to be needed, by name."""
        model = self.model
        made: Held = {"name": model.name} if model.name else {}
        made |= {"namespace": model.namespace} if model.namespace else {}
        made |= {"about": in_file(model.about)} if model.about else {}
        made |= {"imports": [brought(each) for each in model.imports]} if model.imports else {}
        made |= {"types": keyed(((each.name, typed(each)) for each in model.types), model.place)} if model.types else {}
        kinds = (("inputs", InputData), ("decisions", Decision), ("functions", Knowledge), ("services", Service))
        for section, kind in kinds:
            held = {name: told for name, (each, told) in self.made.items() if type(each) is kind}
            more = {name: needing(told, needs[name]) if name in needs else told for name, told in held.items()}
            made |= {section: more} if more else {}
        return made


def brought(found: Import) -> Held:
    """An import: its name, and where the other model is found."""
    told = {"name": found.name, "namespace": found.namespace, "file": found.location}
    return {key: each for key, each in told.items() if each}


def needing(told: Any, needs: list[str]) -> Held:
    """A decision or function that says what it needs."""
    return (told if isinstance(told, dict) else {"value": told}) | {"needs": needs}


def given(data: InputData) -> Any:
    """Input data: its type alone where nothing is said about it."""
    return {"type": data.type, "about": in_file(data.about)} if data.about else data.type


def decided(decision: Decision) -> Any:
    """A decision: its expression alone where nothing more is said."""
    made: Held = {"question": in_file(decision.about)} if decision.about else {}
    if decision.box is None:
        return made | ({"type": decision.type} if decision.type else {})
    held = made | of_type(decision.type, decision.box)
    return held["value"] if held.keys() == {"value"} else held


def shared(knowledge: Knowledge) -> Held:
    """A function that decisions share. Raises ModelError where it is none of FEEL."""
    if knowledge.function is None:
        raise ModelError("It has no logic.", knowledge.place, "Give it some.")
    made: Held = {"type": knowledge.type} if knowledge.type else {}
    return made | ({"about": in_file(knowledge.about)} if knowledge.about else {}) | body(knowledge.function)


def typed(found: ItemType) -> Any:
    """A type: the name of another one, or what its values are."""
    made: Held = {"type": found.of} if found.of else {}
    if found.components:
        made["components"] = keyed(((each.name, typed(each)) for each in found.components), found.place)
    more = {"list": found.many, "allowed": found.allowed, "constraint": found.constraint, "result": found.result}
    made |= {key: each for key, each in more.items() if each}
    made |= {"parameters": variables(found.parameters, found.place)} if found.parameters is not None else {}
    return found.of if made.keys() == {"type"} else made
