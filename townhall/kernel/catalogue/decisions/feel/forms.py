"""The forms of FEEL that begin with a word or a bracket."""

from abc import abstractmethod

from townhall.kernel.catalogue.decisions.feel.cursor import Cursor
from townhall.kernel.catalogue.decisions.feel.errors import FeelError
from townhall.kernel.catalogue.decisions.feel.kinds import Kind
from townhall.kernel.catalogue.decisions.feel.nodes import (
    Conditional,
    Definition,
    Entries,
    For,
    Interval,
    Iteration,
    Listing,
    Literal,
    Node,
    Quantified,
)
from townhall.kernel.catalogue.decisions.feel.tokens import unquoted

CONSTANTS = {"true": True, "false": False, "null": None}


class Forms(Cursor):
    """Reads the forms; what they hold is read by the parser that they belong to."""

    @abstractmethod
    def expression(self, level: int = 0) -> Node:
        """An expression."""

    @abstractmethod
    def signed(self) -> Node:
        """An operand."""

    @abstractmethod
    def operators(self, left: Node, level: int) -> Node:
        """An operand with the operators that follow it."""

    def form(self) -> Node:
        """The form that begins with the word here."""
        word = self.takes("if", "for", "some", "every", "function", *CONSTANTS)
        if word in CONSTANTS:
            return Literal(CONSTANTS[word])
        if word == "if":
            return self.conditional()
        if word == "for":
            return self.iterated("for", "return")
        if word == "function":
            return self.definition()
        if word:
            return self.iterated(word, "satisfies")
        raise FeelError(f"{self.token.text!r} cannot stand here.", self.token.start)

    def conditional(self) -> Node:
        """`if`, after its word."""
        test = self.expression()
        self.needs("then")
        yes = self.expression()
        self.needs("else")
        return Conditional(test, yes, self.expression())

    def iterated(self, word: str, before: str) -> Node:
        """`for`, `some` and `every`, after their word."""
        with self.scope(()):
            found = [self.iteration()]
            while self.takes(","):
                found.append(self.iteration())
            if word == "for":
                self.names.add("partial")
            self.needs(before)
            result = self.expression()
        return For(tuple(found), result) if word == "for" else Quantified(word, tuple(found), result)

    def iteration(self) -> Iteration:
        """`name in domain`; the name is in scope from here on."""
        name = self.new_name("in")
        self.needs("in")
        domain = self.expression()
        to = self.expression() if self.takes("..") else None
        self.names.add(name)
        return Iteration(name, domain, to)

    def definition(self) -> Node:
        """`function`, after its word."""
        self.needs("(")
        parameters: list[tuple[str, Kind | None]] = []
        while not self.takes(")"):
            name = self.new_name(":", ",", ")")
            parameters.append((name, self.type() if self.takes(":") else None))
            if not self.takes(",") and not self.sees(")"):
                raise self.wrong("',' or ')' is missing")
        external = bool(self.takes("external"))
        with self.scope([name for name, _ in parameters]):
            return Definition(tuple(parameters), self.expression(), external)

    def bracketed(self) -> Node:
        """What begins with a bracket: a list, a range, a context, or an expression in brackets."""
        if self.sees("{"):
            return self.context()
        if self.sees("]"):
            return self.interval()
        if not self.sees("(", "["):
            raise FeelError(f"{self.token.text!r} cannot stand here.", self.token.start)
        start, opening = self.at, self.token.text
        self.at += 1
        if opening == "[" and self.takes("]"):
            return Listing(())
        first = self.expression()
        if self.sees(".."):
            self.at = start
            return self.interval()
        if opening == "(":
            self.needs(")")
            return first
        items = [first]
        while self.takes(","):
            items.append(self.expression())
        self.needs("]")
        return Listing(tuple(items))

    def interval(self) -> Node:
        """A range with two ends."""
        opening = self.takes("(", "[", "]")
        low = self.expression()
        self.needs("..")
        start = self.at
        try:
            high = self.expression()
            closing = self.closing()
        except FeelError:
            self.at = start
            high = self.bare_end()
            closing = self.closing()
        return Interval(low, high, opening == "[", closing == "]")

    def closing(self) -> str:
        """The bracket that closes a range."""
        found = self.takes(")", "]", "[")
        if not found:
            raise self.wrong("The bracket that ends the range is missing")
        return found

    def bare_end(self) -> Node:
        """The end of a range that is followed by an opening bracket, as in `[1..10[`."""
        for at in range(self.at, len(self.tokens)):
            if self.tokens[at].text == "[" and self.tokens[at].kind == "sign":
                held, self.tokens = self.tokens, [*self.tokens[:at], self.tokens[-1]]
                try:
                    found = self.expression()
                finally:
                    ended, self.tokens = self.at, held
                if ended == at:
                    return found
                break
        raise self.wrong("The bracket that ends the range is missing")

    def context(self) -> Node:
        """`{key: value, ...}`; later values may use the keys of earlier ones."""
        self.needs("{")
        keys: list[str] = []
        values: list[Node] = []
        with self.scope(()):
            while not self.takes("}"):
                keys.append(self.key())
                values.append(self.expression())
                self.names.add(keys[-1])
                self.members.add(keys[-1])
                if not self.takes(",") and not self.sees("}"):
                    raise self.wrong("',' or '}' is missing")
        return Entries(tuple(keys), tuple(values))

    def key(self) -> str:
        """The key of an entry, gone past with its colon."""
        if self.token.kind == "text":
            self.at += 1
            name = unquoted(self.tokens[self.at - 1].text)
        else:
            name = self.new_name(":", "}")
        self.needs(":")
        return name
