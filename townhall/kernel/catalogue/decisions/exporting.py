"""Writes models as DMN 1.5 in XML, with the same meaning, so that other tools open them. Source: DMN 1.5, 10.5."""

import re

from townhall.kernel.catalogue.decisions.dmn import NAMESPACES
from townhall.kernel.catalogue.decisions.dmn_boxes import function, in_welsh, said, tag, text_in, variable, written
from townhall.kernel.catalogue.decisions.limits import DEFAULT, Limits
from townhall.kernel.catalogue.decisions.model import (
    Decision,
    Element,
    InputData,
    ItemType,
    Knowledge,
    Model,
    ModelError,
    Service,
    Variable,
)
from townhall.kernel.catalogue.decisions.yaml_models import read_yaml
from townhall.kernel.catalogue.decisions.yaml_text import Imported

DMN_1_5 = next(space for space, version in NAMESPACES.items() if version == "1.5")
TAGS = {Decision: "decision", InputData: "inputData", Knowledge: "businessKnowledgeModel", Service: "decisionService"}
NEEDED = {Decision: ("informationRequirement", "requiredDecision"),
          InputData: ("informationRequirement", "requiredInput")}  # fmt: skip
"""How an element says that it needs another one; what is neither is knowledge."""
OURS = {"xmlns:townhall": "urn:townhall:dmn"}
SERVED = (("outputDecision", "outputs"), ("encapsulatedDecision", "inside"), ("inputDecision", "input_decisions"),
          ("inputData", "input_data"))  # fmt: skip


def exported(content: bytes, file: str, limits: Limits = DEFAULT) -> Imported:
    """A model in YAML as DMN, and what is left behind. Raises ModelError where it cannot be read, or speaks of another
    file.
    """
    model = read_yaml(content, file, limits)
    left = ("The examples are not carried over: DMN has none.",) if model.examples else ()
    return Imported(as_dmn(model), left)


def as_dmn(model: Model) -> str:
    """A model as a document. Raises ModelError where it speaks of another file."""
    if model.imports:
        raise ModelError("It speaks of another file.", model.imports[0].place, "Export a file that stands alone.")
    parts = [described("description", model.about.en)] if model.about else []
    parts += [item_type("itemDefinition", each) for each in model.types]
    parts += [element(each, model) for each in model.elements.values()]
    name, space = model.name or model.place.file, model.namespace
    root = tag("definitions", "\n" + "\n".join(parts) + "\n", xmlns=DMN_1_5, id="model", name=name,
               namespace=space, **OURS, **in_welsh(model.about))  # fmt: skip
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'


def id_of(name: str) -> str:
    """A name as an identifier of XML; another name has another one."""
    return "id_" + re.sub("[^a-zA-Z0-9]", lambda found: f"_{ord(found[0]):x}_", name)


def described(name: str, text: str) -> str:
    """A text about an element; nothing where there is none."""
    return tag(name, said(text)) if text else ""


def element(found: Element, model: Model) -> str:
    """Something with a name, and how it is found."""
    about = described("question" if isinstance(found, Decision) else "description", found.about.en)
    inside = about + variable("variable", Variable(found.name, found.type))
    needs = needs_of(found, model)
    if isinstance(found, Knowledge):
        inside += function(found.function, "encapsulatedLogic") if found.function is not None else ""
        inside += needs
    elif isinstance(found, Decision):
        inside += needs + (written(found.box) if found.box is not None else "")
    elif isinstance(found, Service):
        inside += "".join(tag(name, href=href(each)) for name, key in SERVED for each in getattr(found, key))
    return tag(TAGS[type(found)], inside, id=id_of(found.id), name=found.name, **in_welsh(found.about))


def href(reference: str) -> str:
    """A reference to an element of the same file."""
    return f"#{id_of(reference.rpartition('#')[2])}"


def needs_of(found: Element, model: Model) -> str:
    """What an element needs, information before knowledge, as the schema wants it. Raises ModelError for a function
    that speaks of an input or a decision.
    """
    others = [model.elements[each.rpartition("#")[2]] for each in found.needs]
    told = next((each.name for each in others if type(each) in NEEDED and isinstance(found, Knowledge)), None)
    if told is not None:
        message = f"A function speaks of {told!r}, for which DMN has no place."
        raise ModelError(message, found.place, "Make it a parameter of the function.")
    return "".join(needed(each) for each in sorted(others, key=lambda each: type(each) not in NEEDED))


def needed(other: Element) -> str:
    """That an element needs another one."""
    around, inside = NEEDED.get(type(other), ("knowledgeRequirement", "requiredKnowledge"))
    return tag(around, tag(inside, href=href(other.id)))


def item_type(name: str, found: ItemType) -> str:
    """A type, or a component of one."""
    inside = described("typeRef", found.of) + text_in("allowedValues", found.allowed)
    inside += text_in("typeConstraint", found.constraint)
    inside += "".join(item_type("itemComponent", each) for each in found.components)
    if found.parameters is not None:
        parameters = "".join(variable("parameters", each) for each in found.parameters)
        inside += tag("functionItem", parameters, outputTypeRef=found.result)
    return tag(name, inside, name=found.name, isCollection="true" if found.many else "")
