"""Reads DMN 1.1 to 1.5 from XML. Source: DMN 1.5, chapters 6 to 8 and 10.5, and their schemas."""

from townhall.kernel.catalogue.decisions.boxes_in_xml import boxed, function_box, texts
from townhall.kernel.catalogue.decisions.limits import Limits
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
    Variable,
    Words,
)
from townhall.kernel.catalogue.decisions.xmltree import XmlElement, read_xml

NAMESPACES = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}
REQUIREMENTS = {
    "informationRequirement": ("requiredDecision", "requiredInput"),
    "knowledgeRequirement": ("requiredKnowledge",),
}


def read_dmn(content: bytes, file: str, limits: Limits) -> Model:
    """The model that a document is. Raises ModelError with file, line and cure."""
    root = read_xml(content, file, limits)
    if root.name != "definitions" or root.namespace not in NAMESPACES:
        raise ModelError(
            "This is no DMN: its root is no 'definitions' of DMN 1.1 to 1.5.",
            Place(file, root.line),
            f"Its namespace is one of {', '.join(NAMESPACES)}.",
        )
    model = Model(Place(file, root.line), root.attributes.get("name", ""), root.attributes.get("namespace", ""))
    model.about = about(root)
    for child in root.children:
        place = Place(file, child.line)
        if child.name == "import" and "/DMN/" not in child.attributes.get("importType", "/DMN/"):
            continue
        if child.name == "import":
            model.imports.append(import_of(child, place))
        elif child.name == "itemDefinition":
            model.types.append(item_type(child, file))
        elif child.name in ELEMENTS:
            model.add(ELEMENTS[child.name](child, model.namespace, place))
    return model


def import_of(found: XmlElement, place: Place) -> Import:
    """An import."""
    attributes = found.attributes
    return Import(place, attributes.get("name", ""), attributes.get("namespace", ""), attributes.get("locationURI", ""))


def item_type(found: XmlElement, file: str) -> ItemType:
    """A type that the model defines, or a component of one."""
    function = found.first("functionItem")
    parameters = None
    if function is not None:
        parameters = tuple(variable(each) for each in function.all("parameters"))
    return ItemType(
        Place(file, found.line),
        found.attributes.get("name", ""),
        found.text_of("typeRef"),
        found.attributes.get("isCollection") == "true",
        tuple(item_type(each, file) for each in found.all("itemComponent")),
        texts(found.first("allowedValues")),
        texts(found.first("typeConstraint")),
        parameters,
        function.attributes.get("outputTypeRef", "") if function is not None else "",
    )


def variable(found: XmlElement) -> Variable:
    """A name with its type; DMN 1.1 wrote the type as an element's name with a prefix."""
    return Variable(found.attributes.get("name", ""), found.attributes.get("typeRef", ""))


def reference(found: XmlElement, namespace: str) -> str:
    """A reference as `namespace#id`."""
    href = found.attributes.get("href", "")
    before, _, name = href.rpartition("#")
    return f"{before or namespace}#{name}"


def needed(found: XmlElement, namespace: str) -> tuple[str, ...]:
    """What an element needs."""
    return tuple(
        reference(target, namespace)
        for requirement, targets in REQUIREMENTS.items()
        for each in found.all(requirement)
        for target in each.all(*targets)
    )


def named(found: XmlElement, place: Place) -> tuple[Place, str, str, str]:
    """What all elements have: their place, name, id and the name of their type."""
    name = found.attributes.get("name", "")
    if not name:
        raise ModelError(f"A {found.name} has no name.", place, "Give it a name.")
    inner = found.first("variable")
    held = variable(inner) if inner is not None else Variable(name)
    return place, held.name or name, found.attributes.get("id", "") or name, held.type


def about(found: XmlElement) -> Words:
    """What an element is about, or what a decision asks; its Welsh is an attribute of our own."""
    return Words(found.text_of("question") or found.text_of("description"), found.attributes.get("welsh", ""))


def input_data(found: XmlElement, namespace: str, place: Place) -> Element:  # noqa: ARG001
    """Input data."""
    return InputData(*named(found, place), about=about(found))


def decision(found: XmlElement, namespace: str, place: Place) -> Element:
    """A decision."""
    return Decision(*named(found, place), needed(found, namespace), about(found), boxed(found, place.file))


def knowledge(found: XmlElement, namespace: str, place: Place) -> Element:
    """A business knowledge model."""
    logic = found.first("encapsulatedLogic")
    function = function_box(logic, place.file) if logic is not None else None
    return Knowledge(*named(found, place), needed(found, namespace), about(found), function)


def service(found: XmlElement, namespace: str, place: Place) -> Element:
    """A decision service."""
    lists = [
        tuple(reference(each, namespace) for each in found.all(name))
        for name in ("outputDecision", "encapsulatedDecision", "inputDecision", "inputData")
    ]
    return Service(*named(found, place), (), about(found), *lists)


ELEMENTS = {
    "inputData": input_data,
    "decision": decision,
    "businessKnowledgeModel": knowledge,
    "decisionService": service,
}
