"""Reads FEEL: expressions and the tests of input cells. Source: the grammar of DMN 1.5, 10.3.1.2."""

from decimal import Decimal

from townhall.kernel.catalogue.decisions.feel.errors import FeelError, OutOfDomain
from townhall.kernel.catalogue.decisions.feel.forms import Forms
from townhall.kernel.catalogue.decisions.feel.moments import Moment
from townhall.kernel.catalogue.decisions.feel.nodes import (
    Anything,
    Between,
    Binary,
    Call,
    Compared,
    Filter,
    In,
    InstanceOf,
    Literal,
    Logic,
    Name,
    Negation,
    Node,
    Path,
    Tests,
)
from townhall.kernel.catalogue.decisions.feel.numbers import number
from townhall.kernel.catalogue.decisions.feel.reading import moment
from townhall.kernel.catalogue.decisions.feel.tokens import KEYWORDS, unquoted

COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
LEVELS = (("or",), ("and",), COMPARISONS, ("+", "-"), ("*", "/"), ("**",))
"""The operators between two operands, those that bind the least first; all of them from left to right."""
COMPARING = 2
SUMS = 3


class Parser(Forms):
    """Reads one text."""

    def whole(self) -> Node:
        """The expression that the whole text is."""
        found = self.expression()
        self.ends()
        return found

    def ends(self) -> None:
        """Raises FeelError where something is left."""
        if self.token.kind != "end":
            raise FeelError(f"{self.token.text!r} cannot stand here.", self.token.start)

    def cell(self) -> Node:
        """The tests that an input cell holds."""
        if self.sees("-") and self.tokens[self.at + 1].kind == "end":
            return Anything()
        negated = self.sees("not") and self.tokens[self.at + 1].text == "(" and self.closes_at_end(self.at + 1)
        if negated:
            self.at += 2
        tests = self.tests()
        if negated:
            self.needs(")")
        self.ends()
        return Tests(tests, negated)

    def closes_at_end(self, at: int) -> bool:
        """Whether the bracket that opens at a token closes at the very end."""
        depth = 0
        for number_, token in enumerate(self.tokens[at:], at):
            depth += (token.text in "([{" and token.kind == "sign") - (token.text in ")]}" and token.kind == "sign")
            if depth == 0:
                return self.tokens[number_ + 1].kind == "end"
        return False

    def tests(self) -> tuple[Node, ...]:
        """Tests with commas between them."""
        found = [self.expression()]
        while self.takes(","):
            found.append(self.expression())
        return tuple(found)

    def expression(self, level: int = 0) -> Node:
        """An expression whose operators bind at least as much as those of a level."""
        with self.deeper():
            left = self.compared() if self.sees(*COMPARISONS) else self.signed()
            return self.operators(left, level)

    def operators(self, left: Node, level: int) -> Node:
        """An operand with the operators that follow it."""
        for here in range(len(LEVELS) - 1, level - 1, -1):
            left = self.operated(left, here)
        return left

    def operated(self, left: Node, here: int) -> Node:
        """An operand with the operators of one level that follow it."""
        while True:
            if here == COMPARING and self.sees("between", "in"):
                left = self.between(left) if self.takes("between") else self.within(left)
            elif sign := self.takes(*LEVELS[here]):
                right = self.expression(here + 1)
                left = Logic(sign, left, right) if here < COMPARING else Binary(sign, left, right)
            else:
                return left

    def compared(self) -> Node:
        """A comparison that stands alone: `< 5`."""
        sign = self.takes(*COMPARISONS)
        return Compared(sign, self.expression(SUMS))

    def between(self, value: Node) -> Node:
        """`between low and high`."""
        low = self.expression(SUMS)
        self.needs("and")
        return Between(value, low, self.expression(SUMS))

    def within(self, value: Node) -> Node:
        """`in test`, `in (tests)`."""
        self.needs("in")
        if not self.sees("("):
            return In(value, (self.expression(SUMS),))
        start = self.at
        try:
            return In(value, (self.interval(),))
        except FeelError:
            self.at = start
        self.needs("(")
        tests = self.tests()
        self.needs(")")
        return In(value, tests)

    def signed(self) -> Node:
        """An operand, with the minus signs before it."""
        if not self.takes("-"):
            return self.instance()
        with self.deeper():
            operand = self.signed()
        if isinstance(operand, Literal) and isinstance(operand.value, Decimal):
            return Literal(-operand.value)
        return Negation(operand)

    def instance(self) -> Node:
        """An operand, with `instance of` after it."""
        value = self.followed(self.primary())
        while self.takes("instance"):
            self.needs("of")
            value = InstanceOf(value, self.type())
        return value

    def followed(self, source: Node) -> Node:
        """An operand with the paths, filters and calls that follow it."""
        while True:
            if self.takes("."):
                source = Path(source, self.member())
            elif self.takes("["):
                with self.scope(("item",), loose=True):
                    source = Filter(source, self.expression())
                self.needs("]")
            elif self.takes("("):
                source = self.call(source)
            else:
                return source

    def call(self, function: Node) -> Node:
        """A call, from after its bracket on."""
        arguments: list[Node] = []
        names: list[str] = []
        while not self.takes(")"):
            if name := self.parameter_name():
                names.append(name)
            arguments.append(self.expression())
            if not self.takes(",") and not self.sees(")"):
                raise self.wrong("',' or ')' is missing")
        if names and (len(names) != len(arguments) or len(set(names)) != len(names)):
            raise self.wrong("Either every value is named, each once, or none is")
        return Call(function, tuple(arguments), tuple(names))

    def parameter_name(self) -> str:
        """The name before a colon, gone past with its colon; empty where there is none."""
        count = 0
        while self.tokens[self.at + count].kind in {"name", "number"}:
            count += 1
        if not count or self.tokens[self.at + count].text != ":" or not self.is_name(count):
            return ""
        name = self.go_past(count)
        self.needs(":")
        return name

    def primary(self) -> Node:
        """The smallest parts: values, names, brackets, and the forms that begin with a word."""
        token = self.token
        if token.kind == "number":
            return Literal(self.number_literal())
        if token.kind == "text":
            self.at += 1
            return Literal(unquoted(token.text))
        if self.takes("@"):
            return self.at_literal()
        if token.kind == "sign":
            return self.bracketed()
        if token.kind == "end":
            raise self.wrong("Something is missing")
        return self.named()

    def number_literal(self) -> Decimal:
        """A number, also with an exponent (1.2e3). Source: DMN 1.5, 10.3.1.2, rule 35."""
        try:
            found = number(self.token.text)
        except OutOfDomain as problem:
            raise self.wrong("This number is too large to reckon with") from problem
        self.at += 1
        return found

    def at_literal(self) -> Node:
        """A date, time or duration in quotes after an @."""
        if self.token.kind != "text":
            raise self.wrong("A date, time or duration in quotes is missing after '@'")
        self.at += 1
        found: Moment | None = moment(unquoted(self.tokens[self.at - 1].text))
        if found is None:
            raise self.wrong("What is in quotes after '@' is no date, time or duration")
        return Literal(found)

    def named(self) -> Node:
        """A name in scope, a word of the language, or a name that nobody announced."""
        start = self.token.start
        known = self.names.longest(self.tokens, self.at)
        if known and (known[1] > 1 or self.token.text not in KEYWORDS):
            self.at += known[1]
            return Name(known[0], known=True, start=start)
        if self.token.text in KEYWORDS:
            return self.form()
        member = self.members.longest(self.tokens, self.at) if self.names.loose else None
        if member and member[1] > self.plain_length():
            self.at += member[1]
            return Name(member[0], known=False, start=start)
        return Name(self.loose_name(), known=self.names.loose, start=start)
