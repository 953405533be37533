"""JSON Schema (2020-12) of the answers to a form, for whoever sends them by the API.

It says what each answer is, and what is always asked. Where a condition is made of plain comparisons it says when more
is asked; every other condition and every rule stands beside its question as FEEL (`x-when`, `x-must`), and the server
keeps it. An answer to what is not asked never counts.
"""

from decimal import Decimal
from typing import Any

from townhall.kernel.catalogue.decisions.feel.nodes import Binary, Literal, Logic, Name, Node
from townhall.kernel.catalogue.forms.expressions import Feel
from townhall.kernel.catalogue.forms.kinds.numbers import kept
from townhall.kernel.catalogue.forms.model import Form, Page, Question

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
BOUNDS = {"<": "exclusiveMaximum", "<=": "maximum", ">": "exclusiveMinimum", ">=": "minimum"}
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
PLAIN = ("yes_no", "declaration", "radios", "select", "number", "money")
"""The kinds whose conditions a schema can say."""


class Untold(Exception):
    """A condition that a schema cannot say."""


def schema_of(form: Form) -> Schema:
    """The schema of the answers that a form takes."""
    pages = list(form.pages.values())
    asked = [(page, each) for page in pages for each in page.questions if not each.is_computed]
    made: Schema = {"$schema": DIALECT, "$id": f"urn:townhall:form:{form.version}", "title": form.title.en}
    made |= {"type": "object", "properties": {each.name: described(each) for _, each in asked}}
    made["required"] = [each.name for page, each in asked if each.required and page.when is None and each.when is None]
    made |= {"additionalProperties": False}
    definitions: Schema = {}
    further = [rule for page, each in asked if each.required and (rule := rule_for(form, page, each, definitions))]
    return made | ({"allOf": further, "$defs": definitions} if further else {})


def described(question: Question) -> Schema:
    """The schema of an answer, with its words, conditions and rules."""
    made = group_of(question) if question.inside else question.answer.schema()
    made = {"title": question.label.en} | made
    made |= {"description": question.hint.en} if question.hint else {}
    made |= {"x-when": question.when.text} if question.when else {}
    return made | ({"x-must": [each.holds.text for each in question.musts]} if question.musts else {})


def group_of(group: Question) -> Schema:
    """The schema of the items of a group."""
    asked = [each for each in group.inside if not each.is_computed]
    item: Schema = {"type": "object", "properties": {each.name: described(each) for each in asked}}
    item["required"] = [each.name for each in asked if each.required and each.when is None]
    item["additionalProperties"] = False
    limits = {"minItems": int(group.least or 0), "maxItems": int(group.most or 0)}
    return {"type": "array", "items": item} | limits


def rule_for(form: Form, page: Page, question: Question, definitions: Schema) -> Schema | None:
    """When a question that is not always asked must be answered; none where a schema cannot say it."""
    if page.when is None and question.when is None:
        return None
    found: Schema = {}
    try:
        condition = Conditions(form, found).of(page, question)
    except Untold:
        return None
    definitions |= found
    return {"if": condition, "then": {"required": [question.name]}}


class Conditions:
    """Conditions as schemas. What a name needs to be asked itself is kept among the definitions, once for each."""

    def __init__(self, form: Form, definitions: Schema) -> None:
        self.form, self.definitions = form, definitions

    def of(self, page: Page, question: Question | None) -> Schema:
        """When a page or question is asked. Raises Untold."""
        feels = [each for each in (page.when, question.when if question else None) if each is not None]
        needed = [self.needed(name) for feel in feels for name in feel.names]
        return {"allOf": [*needed, *map(self.told, feels)]} if feels else {}

    def needed(self, name: str) -> Schema:
        """When the question of a name is asked. Raises Untold for a fact and for what is inside a group."""
        question = self.form.questions.get(name)
        if question is None or question.group or question.kind not in PLAIN:
            raise Untold
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = self.of(self.form.pages[question.page], question)
        return {"$ref": f"#/$defs/{name}"}

    def told(self, feel: Feel) -> Schema:
        """A condition. Raises Untold."""
        return self.made(feel.node)

    def made(self, node: Node) -> Schema:
        """A part of a condition: what the answers are where it is true. Raises Untold."""
        if isinstance(node, Logic):
            return {"allOf" if node.word == "and" else "anyOf": [self.made(node.left), self.made(node.right)]}
        if isinstance(node, Name):
            return answered(node.name, {"const": True})
        if isinstance(node, Binary):
            if isinstance(node.left, Name) and isinstance(node.right, Literal):
                return compared(node.left.name, node.sign, node.right.value)
            if isinstance(node.right, Name) and isinstance(node.left, Literal):
                return compared(node.right.name, TURNED.get(node.sign, ""), node.left.value)
        raise Untold


def answered(name: str, schema: Schema) -> Schema:
    """An answer that is there and is so."""
    return {"properties": {name: schema}, "required": [name]}


def compared(name: str, sign: str, value: object) -> Schema:
    """A comparison with a value. Raises Untold."""
    if sign == "=" and isinstance(value, bool | str):
        return answered(name, {"const": value})
    if sign == "=" and isinstance(value, Decimal):
        return answered(name, {"const": kept(value)})
    if sign in BOUNDS and isinstance(value, Decimal):
        return answered(name, {"type": "number", BOUNDS[sign]: kept(value)})
    raise Untold
