"""The same form for a browser: conditions and rules as small trees of JSON that `feel.js` walks through.

In the browser are: true and false, numbers, texts, dates, lists and the parts of answers; `and`, `or`, `not`,
comparisons, `between`, `in`, `if`, plus, minus and times, `count`, `list contains`, `string length`. Anything else is
left to the server: its tree is `["server"]`, and `left` names where it stands.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from townhall.kernel.catalogue.decisions.feel import nodes
from townhall.kernel.catalogue.decisions.feel.compiling import compiled
from townhall.kernel.catalogue.decisions.feel.moments import Date
from townhall.kernel.catalogue.decisions.feel.scopes import Scope
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.decisions.limits import LimitReached, Run
from townhall.kernel.catalogue.forms.expressions import LIMITS, Feel
from townhall.kernel.catalogue.forms.kinds.base import wrong
from townhall.kernel.catalogue.forms.kinds.texts import Line
from townhall.kernel.catalogue.forms.model import Form, Must, Page, Question
from townhall.kernel.catalogue.forms.wording import mistake
from townhall.kernel.catalogue.words import Text

Tree = list[Any]
SERVER: Tree = ["server"]
FUNCTIONS = {"not": 1, "count": 1, "list contains": 2, "string length": 1}
FACTS = {"date", "number", "string", "boolean"}
UNTOLD = {"files", "place"}
"""Kinds whose answers the browser does not have as the server has them."""
COMPARING = {"=", "!=", "<", "<=", ">", ">="}
TIMELY = {"today", "now"}
LONGEST_NUMBER = 40
CHOICES = ("unchosen", "shape", "option")
RULES = {
    "text": ("missing", "shape", "characters", "too_long", "too_short"),
    "long_text": ("missing", "shape", "characters", "too_long", "too_short"),
    "number": ("missing", "shape", "whole", "decimals", "too_small", "too_large"),
    "money": ("missing", "shape", "money", "too_small", "too_large"),
    "date": ("missing", "shape", "no_date"),
    "yes_no": ("unchosen", "shape"),
    "declaration": ("undeclared",),
    "radios": CHOICES,
    "select": CHOICES,
    "checkboxes": (*CHOICES, "alone", "too_few", "too_many"),
    "group": ("items_few", "shape", "items_many"),
}
"""The kinds that the browser checks by itself, and what it can say of them; of others it only knows what is missing."""


class Beyond(Exception):
    """Something that only the server can tell."""


class Sheets:
    """Makes the sheet of a form."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.left: list[str] = []

    def sheet(self) -> dict[str, Any]:
        """The form, as `feel.js` takes it; `left` says which expressions are left to the server, and where."""
        pages = [self.page(each) for each in self.form.pages.values()]
        facts = {name: kind.name for name, kind in self.form.facts.items()}
        return {"version": self.form.version, "facts": facts, "pages": pages, "left": self.left}

    def page(self, page: Page) -> dict[str, Any]:
        """A page."""
        questions = [self.question(each) for each in page.questions]
        return {
            "name": page.name,
            "when": self.tree(page.when),
            "musts": self.musts(page.musts),
            "questions": questions,
        }

    def question(self, question: Question) -> dict[str, Any]:
        """A question with its limits and the sentences that the browser may need."""
        made: dict[str, Any] = {"name": question.name, "kind": question.kind, "required": question.required}
        made |= {"when": self.tree(question.when), "musts": self.musts(question.musts)}
        if question.is_computed:
            return made | {"value": self.tree(question.value)}
        made |= {"least": number(question.least), "most": number(limit(question)), "decimals": decimals(question)}
        made |= {"options": list(question.options), "none": question.none_of, "missing": question.answer.missing}
        made |= {"rows": list(question.rows), "parts": list(getattr(question.answer, "parts", ()))}
        made["says"] = self.says(question)
        return made | {"inside": [self.question(each) for each in question.inside]}

    def says(self, question: Question) -> dict[str, dict[str, str]]:
        """What is said of each mistake that the browser may find."""
        none = question.options[question.none_of].label if question.none_of else Text("")
        most = f"{limit(question):,}" if limit(question) is not None else ""
        found = RULES.get(question.kind, (question.answer.missing,))
        return {rule: said(mistake(question, "", wrong(rule, none=none, most=most)).text) for rule in found}

    def musts(self, musts: tuple[Must, ...]) -> list[dict[str, Any]]:
        """Rules, each with the names that it speaks of."""
        return [{"holds": self.tree(each.holds), "names": each.holds.names, "say": said(each.say)} for each in musts]

    def tree(self, feel: Feel | None) -> Tree | None:
        """The tree of an expression; of one that only the server can tell, that."""
        if feel is None:
            return None
        try:
            return self.made(feel.node)
        except Beyond:
            self.left.append(f"{feel.place}: {feel.text}")
            return SERVER

    def made(self, node: nodes.Node) -> Tree:
        """The tree of a part. Raises Beyond."""
        if isinstance(node, nodes.Literal):
            return literal(node.value)
        maker = MAKERS.get(type(node))
        if maker is None:
            raise Beyond
        return folded(node) or maker(self, node)

    def known(self, name: str) -> Tree:
        """A name. Raises Beyond for what the browser does not have."""
        question, fact = self.form.questions.get(name), self.form.facts.get(name)
        if (question is None or question.kind in UNTOLD) and (fact is None or fact.name not in FACTS):
            raise Beyond
        return ["v", name]

    def member(self, node: nodes.Path) -> Tree:
        """A part of an answer. Raises Beyond for one that the browser does not have."""
        question = self.form.questions.get(node.name)
        if node.name == "weekday" or (question is not None and question.kind in UNTOLD):
            raise Beyond
        return ["path", self.made(node.source), node.name]

    def within(self, node: nodes.In) -> Tree:
        """`in`, with each of its tests."""
        return ["in", self.made(node.value), [self.test(each) for each in node.tests]]

    def test(self, node: nodes.Node) -> Tree:
        """A test after `in`."""
        if isinstance(node, nodes.Compared):
            return ["cmp", node.sign, self.made(node.end)]
        if isinstance(node, nodes.Interval):
            ends = [self.made(node.low), self.made(node.high)]
            return ["range", *ends, node.low_included, node.high_included]
        return ["is", self.made(node), isinstance(node, nodes.Literal), isinstance(node, nodes.Name)]

    def call(self, node: nodes.Call) -> Tree:
        """A function that the browser has. Raises Beyond for others."""
        name = node.function.name if isinstance(node.function, nodes.Name) else ""
        if node.names or FUNCTIONS.get(name) != len(node.arguments):
            raise Beyond
        return [name, *map(self.made, node.arguments)]

    def binary(self, node: nodes.Binary) -> Tree:
        """A comparison, or arithmetic that is exact."""
        if node.sign not in {*COMPARING, "+", "-", "*"}:
            raise Beyond
        return [node.sign, self.made(node.left), self.made(node.right)]


MAKERS: dict[type[nodes.Node], Callable[[Sheets, Any], Tree]] = {
    nodes.Name: lambda sheets, node: sheets.known(node.name),
    nodes.Path: Sheets.member,
    nodes.In: Sheets.within,
    nodes.Call: Sheets.call,
    nodes.Binary: Sheets.binary,
    nodes.Logic: lambda sheets, node: [node.word, sheets.made(node.left), sheets.made(node.right)],
    nodes.Between: lambda sheets, node: ["between", *map(sheets.made, (node.value, node.low, node.high))],
    nodes.Negation: lambda sheets, node: ["neg", sheets.made(node.operand)],
    nodes.Conditional: lambda sheets, node: ["if", *map(sheets.made, (node.test, node.yes, node.no))],
    nodes.Listing: lambda sheets, node: ["list", *map(sheets.made, node.items)],
}


def folded(node: nodes.Node) -> Tree | None:
    """What an expression comes to that speaks of nothing, such as `date("2026-04-01")`; none where it is no literal."""
    if isinstance(node, nodes.Listing | nodes.Name):
        return None
    functions = {each.function for each in nodes.walk(node) if isinstance(each, nodes.Call)}
    for each in nodes.walk(node):
        if isinstance(each, nodes.Name) and (each not in functions or each.name in TIMELY):
            return None
    try:
        return literal(compiled(node)(Scope({}, Run(LIMITS))))
    except (Beyond, LimitReached, RecursionError):
        return None


def literal(value: Value) -> Tree:
    """A value as a tree. Raises Beyond for one that the browser does not have."""
    if value is None or isinstance(value, bool):
        return ["c", value]
    if isinstance(value, str):
        return ["s", value]
    if isinstance(value, Decimal) and len(text := format(value, "f")) <= LONGEST_NUMBER:
        return ["n", text]
    if isinstance(value, Date) and 0 < value.year < 10_000:
        return ["d", f"{value.year:04}-{value.month:02}-{value.day:02}"]
    raise Beyond


def limit(question: Question) -> Decimal | int | None:
    """The most that an answer may have, the usual most of texts too."""
    return question.answer.longest() if isinstance(question.answer, Line) else question.most


def number(value: Decimal | int | None) -> str | None:
    """A limit, as the browser reads numbers."""
    return None if value is None else format(Decimal(value), "f")


def decimals(question: Question) -> int:
    """How many digits may stand after the point."""
    return 2 if question.kind == "money" else question.decimals


def said(text: Text) -> dict[str, str]:
    """A text in both languages."""
    return {"en": text.en, "cy": text.cy}


def sheet(form: Form) -> dict[str, Any]:
    """The form for a browser: JSON that `feel.js` takes, with what is left to the server under `left`."""
    return Sheets(form).sheet()
