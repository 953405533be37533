"""Reads models from YAML: the same as DMN has in XML, in fewer words. `docs/how-to/decide-with-tables.md` shows it."""

from townhall.kernel.catalogue.decisions.feel.errors import FeelError
from townhall.kernel.catalogue.decisions.feel.expressions import Reader
from townhall.kernel.catalogue.decisions.feel.nodes import Name, walk
from townhall.kernel.catalogue.decisions.limits import Limits
from townhall.kernel.catalogue.decisions.model import (
    Decision,
    Element,
    FunctionBox,
    Import,
    InputData,
    ItemType,
    Knowledge,
    Model,
    ModelError,
    Service,
)
from townhall.kernel.catalogue.decisions.within import texts_in
from townhall.kernel.catalogue.decisions.yaml_boxes import BOX_KEYS, box_of, tests_text, texts_of, variables, words
from townhall.kernel.catalogue.decisions.yaml_tree import YamlNode, parse

TOP = ("name", "namespace", "about", "imports", "types", "inputs", "decisions", "functions", "services", "examples")
DECISION = ("type", "question", "about", "needs", *BOX_KEYS)


def read_yaml(content: bytes, file: str, limits: Limits) -> Model:
    """The model that a file is. Raises ModelError with file, line and cure."""
    root = parse(content, file, limits)
    top = root.keys(*TOP)
    name = top["name"].text() if "name" in top else file.rpartition(".")[0]
    model = Model(root.place, name, top["namespace"].text() if "namespace" in top else f"file:{name}")
    model.about = words(top.get("about"))
    if "imports" in top:
        model.imports = [import_of(each) for each in top["imports"].items()]
    if "types" in top:
        model.types = [item_type(key, each) for key, each in top["types"].keys().items()]
    for section, make in (("inputs", input_data), ("functions", knowledge), ("decisions", decision)):
        for key, each in top[section].keys().items() if section in top else ():
            model.add(make(key, each))
    for key, each in top["services"].keys().items() if "services" in top else ():
        model.add(service(key, each, model))
    examples = top["examples"].items() if "examples" in top else []
    model.examples = [plain for each in examples if isinstance(plain := each.plain(), dict)]
    complete(model, limits)
    return model


def import_of(node: YamlNode) -> Import:
    """An import: a name, and a file or a namespace."""
    held = {key: each.text() for key, each in node.keys("name", "file", "namespace").items()}
    return Import(node.place, held.get("name", ""), held.get("namespace", ""), held.get("file", ""))


def item_type(name: str, node: YamlNode) -> ItemType:
    """A type: the name of another, or its components, its allowed values, whether it is a list."""
    if isinstance(node.held, str):
        return ItemType(node.place, name, node.held)
    held = node.keys("type", "list", "components", "allowed", "constraint", "parameters", "result")
    components = held["components"].keys().items() if "components" in held else ()
    return ItemType(
        node.place,
        name,
        held["type"].text() if "type" in held else "",
        "list" in held and held["list"].plain() is True,
        tuple(item_type(key, each) for key, each in components),
        tests_text(held["allowed"]) if "allowed" in held else "",
        tests_text(held["constraint"]) if "constraint" in held else "",
        variables(held["parameters"]) if "parameters" in held else None,
        held["result"].text() if "result" in held else "",
    )


def input_data(name: str, node: YamlNode) -> Element:
    """An input: the name of its type, or that with what it is about."""
    if isinstance(node.held, str):
        return InputData(node.place, name, name, node.held)
    held = node.keys("type", "about")
    kind = held["type"].text() if "type" in held else ""
    return InputData(node.place, name, name, kind, (), words(held.get("about")))


def decision(name: str, node: YamlNode) -> Element:
    """A decision: an expression, or keys that say what is asked, of which type, and how it is found."""
    if isinstance(node.held, str):
        return Decision(node.place, name, name, "", ("",), box=box_of(node))
    held = node.keys(*DECISION)
    asked = held.get("question") or held.get("about")
    kind = held["type"].text() if "type" in held else ""
    box = box_of(node) if set(held) & set(BOX_KEYS) else None
    return Decision(node.place, name, name, kind, needs_of(held), words(asked), box)


def knowledge(name: str, node: YamlNode) -> Element:
    """A function that decisions share: its parameters, and how its result is found."""
    held = node.keys("parameters", "type", "about", "needs", *BOX_KEYS)
    body = box_of(node)
    function = FunctionBox(node.place, "", variables(held["parameters"]) if "parameters" in held else (), body)
    about = words(held.get("about"))
    kind = held["type"].text() if "type" in held else ""
    return Knowledge(node.place, name, name, kind, needs_of(held), about, function)


def needs_of(held: dict[str, YamlNode]) -> tuple[str, ...]:
    """The names that are said to be needed; one empty name where nothing is said."""
    return tuple(texts_of(held["needs"])) if "needs" in held else ("",)


def service(name: str, node: YamlNode, model: Model) -> Element:
    """A service: decisions that come out, and what it is called with."""
    held = node.keys("type", "about", "outputs", "decisions", "inputs")
    outputs = references(held.get("outputs"), model)
    if not outputs:
        raise ModelError(f"The service {name!r} has no outputs.", node.place, "Name the decisions that come out of it.")
    given = references(held.get("inputs"), model)
    data = tuple(key for key in given if isinstance(model.elements[key.rpartition("#")[2]], InputData))
    decisions = tuple(key for key in given if key not in data)
    kind = held["type"].text() if "type" in held else ""
    inside = references(held.get("decisions"), model)
    about = words(held.get("about"))
    return Service(node.place, name, name, kind, (), about, outputs, inside, decisions, data)


def references(node: YamlNode | None, model: Model) -> tuple[str, ...]:
    """References to the elements of these names. Raises ModelError for a name that is not there."""
    if node is None:
        return ()
    for each in node.items():
        if each.text() not in model.elements:
            raise ModelError(f"Nothing is called {each.text()!r}.", each.place, "Correct the name.")
    return tuple(f"{model.namespace}#{name}" for name in texts_of(node))


def complete(model: Model, limits: Limits) -> None:
    """Find what each element needs: what it says, else the elements that its expressions name."""
    names = list(model.elements)
    reader = Reader(limits=limits)
    for key, element in list(model.elements.items()):
        if not isinstance(element, Decision | Knowledge):
            continue
        wanted = named_in(element, [*names, *(each.name for each in model.imports)], reader)
        needs = [name for name in names if name in wanted] if element.needs == ("",) else list(element.needs)
        for name in needs:
            if name not in model.elements:
                raise ModelError(f"{key!r} needs {name!r}, which is not there.", element.place, "Correct the name.")
        found = tuple(f"{model.namespace}#{name}" for name in needs if name != key)
        model.elements[key] = with_needs(element, found, imports_in(wanted, model))


def imports_in(wanted: set[str], model: Model) -> tuple[str, ...]:
    """Marks for the imported models that expressions name; the loader makes references of them."""
    return tuple(f"import:{each.name}" for each in model.imports if each.name in wanted)


def with_needs(element: Decision | Knowledge, needs: tuple[str, ...], imports: tuple[str, ...]) -> Element:
    """An element with what it needs."""
    base = (element.place, element.name, element.id, element.type, (*needs, *imports), element.about)
    return Decision(*base, element.box) if isinstance(element, Decision) else Knowledge(*base, element.function)


def named_in(element: Decision | Knowledge, names: list[str], reader: Reader) -> set[str]:
    """The names that the expressions of an element use."""
    found: set[str] = set()
    box = element.box if isinstance(element, Decision) else element.function
    for text, is_cell in texts_in(box):
        try:
            made = reader.tests(text, names) if is_cell else reader.expression(text, names, loose=True)
        except FeelError:
            continue
        found |= {each.name for each in walk(made.node) if isinstance(each, Name)}
    own = {each.name for each in box.parameters} if isinstance(box, FunctionBox) else set[str]()
    return found - own
