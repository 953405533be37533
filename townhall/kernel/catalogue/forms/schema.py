"""JSON Schema (2020-12) of the answers to a form, for whoever sends them by the API.

It says what each answer is, in the words of a language, and what is always asked. Where a condition is made of plain
comparisons it says when more is asked; every other condition and every rule stands beside its question as FEEL
(`x-when`, `x-must`), and the server keeps it. An answer to what is not asked never counts.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from townhall.kernel.catalogue.decisions.feel.nodes import Binary, Literal, Logic, Name, Node
from townhall.kernel.catalogue.forms.expressions import Feel
from townhall.kernel.catalogue.forms.kinds.numbers import kept
from townhall.kernel.catalogue.forms.model import Form, Option, Page, Question

Schema = dict[str, Any]
COMMENT = (
    "x-when says in FEEL when a question or its page is asked, x-must what its answer must satisfy. Only the server "
    "checks them, wherever no if and then stand here for them; it refuses an answer to what is not asked."
)
DIALECT = "https://json-schema.org/draft/2020-12/schema"
BOUNDS = {"<": "exclusiveMaximum", "<=": "maximum", ">": "exclusiveMinimum", ">=": "minimum"}
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}
PLAIN = ("yes_no", "declaration", "radios", "select", "number", "money")
"""The kinds whose conditions a schema can say."""


class Untold(Exception):
    """A condition that a schema cannot say."""


def schema_of(form: Form, spoken: str = "en") -> Schema:
    """The schema of the answers that a form takes, with its titles in a language."""
    pages = list(form.pages.values())
    asked = [(page, each) for page in pages for each in page.questions if not each.is_computed]
    made: Schema = {"$schema": DIALECT, "$id": f"urn:townhall:form:{form.version}", "$comment": COMMENT}
    made |= {"title": form.title.said(spoken), "type": "object"}
    made |= {"properties": {each.name: described(each, spoken, page.when) for page, each in asked}}
    made["required"] = [each.name for page, each in asked if each.required and page.when is None and each.when is None]
    made |= {"additionalProperties": False}
    others = [held for page in pages for held in (page, *(each for each in page.questions if each.is_computed))]
    rules = [must.holds.text for each in others for must in each.musts]
    made |= {"x-must": rules} if rules else {}
    definitions: Schema = {}
    further = [rule for page, each in asked if each.required and (rule := rule_for(form, page, each, definitions))]
    return made | ({"allOf": further, "$defs": definitions} if further else {})


def described(question: Question, spoken: str, around: Feel | None = None) -> Schema:
    """The schema of an answer, with its words, conditions and rules; `around` is when its page is asked."""
    made = group_of(question, spoken) if question.inside else worded(question, spoken)
    made = {"title": question.label.said(spoken)} | made
    made |= {"description": question.hint.said(spoken)} if question.hint else {}
    conditions = [each.text for each in (around, question.when) if each is not None]
    made |= {"x-when": conditions} if conditions else {}
    return made | ({"x-must": [each.holds.text for each in question.musts]} if question.musts else {})


def worded(question: Question, spoken: str) -> Schema:
    """The schema of an answer in which each option and row has its words."""
    made = with_options(question.answer.schema(), question.options, spoken)
    if question.rows:
        titles = {name: {"title": row.label.said(spoken)} for name, row in question.rows.items()}
        made["properties"] = {name: titles[name] | each for name, each in made["properties"].items()}
    return made


def with_options(made: Any, options: Mapping[str, Option], spoken: str) -> Any:
    """A part of a schema, each list of options in it with their words."""
    if isinstance(made, list):
        return [with_options(each, options, spoken) for each in made]
    if not isinstance(made, dict):
        return made
    if options and isinstance(made.get("enum"), list):
        shown = [options[each] for each in made["enum"]]
        return {"type": "string", "oneOf": [{"const": each.value, "title": each.label.said(spoken)} for each in shown]}
    return {name: with_options(each, options, spoken) for name, each in made.items()}


def group_of(group: Question, spoken: str) -> Schema:
    """The schema of the items of a group."""
    asked = [each for each in group.inside if not each.is_computed]
    item: Schema = {"type": "object", "properties": {each.name: described(each, spoken) for each in asked}}
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
