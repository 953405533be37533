"""A decision model as it is written, in XML or in YAML: what there is before anything is compiled."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is written."""

    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


class ModelError(ValueError):
    """A file is no decision model: what is wrong, where, and what to do about it."""

    def __init__(self, message: str, place: Place, cure: str = "") -> None:
        super().__init__(f"{place}: {message}" + (f" {cure}" if cure else ""))
        self.message, self.place, self.cure = message, place, cure


@dataclass(frozen=True, slots=True)
class Words:
    """What people read: in English, and in Welsh where a file has it."""

    en: str = ""
    cy: str = ""

    def __bool__(self) -> bool:
        return bool(self.en or self.cy)

    def said(self, language: str = "en") -> str:
        """The words in a language; in English where they are not there."""
        return (self.cy if language == "cy" else self.en) or self.en


@dataclass(frozen=True, slots=True)
class Box:
    """Any expression of a model; `type` is the name of its type, or empty."""

    place: Place
    type: str = ""


@dataclass(frozen=True, slots=True)
class TextBox(Box):
    """A text of FEEL."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class Variable:
    """A name with the name of its type."""

    name: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class ContextBox(Box):
    """Entries one after another; one without a name is the result of all."""

    entries: tuple[tuple[Variable, Box | None], ...] = ()


@dataclass(frozen=True, slots=True)
class CallBox(Box):
    """An invocation of a function, with a value for each parameter that is named."""

    function: Box | None = None
    bindings: tuple[tuple[Variable, Box | None], ...] = ()


@dataclass(frozen=True, slots=True)
class FunctionBox(Box):
    """A function; of another kind than FEEL it can be named but never called."""

    parameters: tuple[Variable, ...] = ()
    body: Box | None = None
    kind: str = "FEEL"


@dataclass(frozen=True, slots=True)
class ListBox(Box):
    """A list of expressions."""

    items: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationBox(Box):
    """A list of contexts, written as a table."""

    columns: tuple[Variable, ...] = ()
    rows: tuple[tuple[Box, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class ConditionalBox(Box):
    """`if`, `then` and `else` in boxes."""

    test: Box | None = None
    yes: Box | None = None
    no: Box | None = None


@dataclass(frozen=True, slots=True)
class FilterBox(Box):
    """A list and what its items must satisfy."""

    source: Box | None = None
    match: Box | None = None


@dataclass(frozen=True, slots=True)
class LoopBox(Box):
    """`for`, `some` and `every` in boxes."""

    word: str = "for"
    name: str = ""
    source: Box | None = None
    result: Box | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: of inputs, what is looked at; of outputs, what comes out."""

    place: Place
    name: str = ""
    text: str = ""
    type: str = ""
    label: Words = Words()
    values: str = ""
    default: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of a table. `why` is the reason, for whoever works with the table; `told` is what somebody to whom it
    applies is told, in English and Welsh, empty where nobody is told anything.
    """

    place: Place
    tests: tuple[str, ...]
    results: tuple[Box, ...]
    why: Words = Words()
    told: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class TableBox(Box):
    """A decision table; `hit` is the letter of its hit policy, `total` the sign of its aggregation."""

    hit: str = "U"
    total: str = ""
    inputs: tuple[Column, ...] = ()
    outputs: tuple[Column, ...] = ()
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Element:
    """Something with a name in a model, and what it needs: references of the form `namespace#id`."""

    place: Place
    name: str
    id: str
    type: str = ""
    needs: tuple[str, ...] = ()
    about: Words = Words()


@dataclass(frozen=True, slots=True)
class InputData(Element):
    """What is handed in."""


@dataclass(frozen=True, slots=True)
class Decision(Element):
    """What is decided."""

    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Knowledge(Element):
    """A function that decisions share: a business knowledge model."""

    function: FunctionBox | None = None


@dataclass(frozen=True, slots=True)
class Service(Element):
    """Decisions that are asked together, as a function of what they need."""

    outputs: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    input_decisions: tuple[str, ...] = ()
    input_data: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemType:
    """A type that the model defines: of another type, of components, or of functions."""

    place: Place
    name: str
    of: str = ""
    many: bool = False
    components: tuple["ItemType", ...] = ()
    allowed: str = ""
    constraint: str = ""
    parameters: tuple[Variable, ...] | None = None
    result: str = ""


@dataclass(frozen=True, slots=True)
class Import:
    """Another model whose elements may be used, under a name."""

    place: Place
    name: str
    namespace: str
    location: str = ""


@dataclass(slots=True)
class Model:
    """A whole file."""

    place: Place
    name: str
    namespace: str
    imports: list[Import] = field(default_factory=list[Import])
    types: list[ItemType] = field(default_factory=list[ItemType])
    elements: dict[str, Element] = field(default_factory=dict[str, Element])
    about: Words = Words()
    examples: list[dict[str, object]] = field(default_factory=list[dict[str, object]])

    def add(self, element: Element) -> None:
        """Take an element in. Raises ModelError where its id is taken."""
        if element.id in self.elements:
            raise ModelError(f"Two things have the id {element.id!r}.", element.place, "Give one of them another.")
        self.elements[element.id] = element

    def named(self, name: str) -> Element | None:
        """The element of a name; a decision or service before an input of the same name."""
        found = [each for each in self.elements.values() if each.name == name]
        return next((each for each in found if not isinstance(each, InputData)), found[0] if found else None)
