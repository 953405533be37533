"""Goes through the tokens of a text: what the parser of FEEL stands on."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from townhall.kernel.catalogue.decisions.feel.errors import FeelError
from townhall.kernel.catalogue.decisions.feel.kinds import SIMPLE, Kind, context_of, function_of, list_of, range_of
from townhall.kernel.catalogue.decisions.feel.names import Names
from townhall.kernel.catalogue.decisions.feel.tokens import ADDITIONAL, KEYWORDS, Token, tokenize

TYPE_NAMES = Names(SIMPLE)
PATIENCE = 60
"""How many looks at a token, on average, before a text is too tangled to read."""


class Cursor:
    """A place in a list of tokens, with the names in scope there."""

    def __init__(
        self,
        text: str,
        names: Names,
        *,
        members: Names,
        types: Mapping[str, Kind | None],
        nesting: int,
        longest: int,
    ) -> None:
        self.text = text
        self.tokens = tokenize(text, longest=longest)
        self.at = 0
        self.names = names
        self.members = members
        self.types = types
        self.nesting, self.deepest = 0, nesting
        self.looks = PATIENCE * (len(self.tokens) + 20)

    @property
    def token(self) -> Token:
        """The token here."""
        return self.tokens[self.at]

    def sees(self, *texts: str) -> bool:
        """Whether one of these signs or words is here."""
        self.looks -= 1
        if self.looks < 0:
            raise FeelError("This is too tangled to read: write it with fewer brackets in brackets.", self.token.start)
        return self.token.text in texts and self.token.kind in {"sign", "name"}

    def takes(self, *texts: str) -> str:
        """Go past one of these signs or words and return it; empty where none is here."""
        if not self.sees(*texts):
            return ""
        self.at += 1
        return self.tokens[self.at - 1].text

    def needs(self, text: str) -> None:
        """Go past a sign or word. Raises FeelError where it is not here."""
        if not self.takes(text):
            raise self.wrong(f"{text!r} is missing")

    def wrong(self, message: str) -> FeelError:
        """What is wrong here, to be raised."""
        found = repr(self.token.text) if self.token.kind != "end" else "the end"
        return FeelError(f"{message}, before {found}.", self.token.start)

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One part inside another. Raises FeelError when they are nested too deep."""
        self.nesting += 1
        if self.nesting > self.deepest:
            raise FeelError(f"This is nested more than {self.deepest} deep.", self.token.start)
        try:
            yield
        finally:
            self.nesting -= 1

    @contextmanager
    def scope(self, names: Iterable[str], *, loose: bool = False) -> Iterator[None]:
        """More names in scope for a while."""
        around = self.names
        self.names = Names(names, around, loose=loose)
        try:
            yield
        finally:
            self.names = around

    def go_past(self, count: int) -> str:
        """Go past some tokens; the text that they are, each space in it a single one."""
        start = self.tokens[self.at].start
        self.at += count
        return " ".join(self.text[start : self.tokens[self.at - 1].end].split())

    def new_name(self, *ends: str) -> str:
        """A name that comes into scope: everything up to one of these signs or words."""
        count = 0
        while self.tokens[self.at + count].kind != "end" and self.tokens[self.at + count].text not in ends:
            count += 1
        if not self.is_name(count):
            raise self.wrong("A name is missing")
        return self.go_past(count)

    def is_name(self, count: int) -> bool:
        """Whether that many tokens from here could be a name."""
        if not count or self.token.kind != "name":
            return False
        parts = self.tokens[self.at : self.at + count]
        return all(part.kind in {"name", "number"} or part.text in ADDITIONAL for part in parts)

    def loose_name(self) -> str:
        """A name that nobody announced: the words that stand here side by side."""
        count = 1
        while (each := self.tokens[self.at + count]).kind in {"name", "number"} and each.text not in KEYWORDS:
            count += 1
        return self.go_past(count)

    def member(self) -> str:
        """The name after a dot: a known one where it begins so, else the words that stand here."""
        if self.token.kind != "name":
            raise self.wrong("A name is missing after the dot")
        known = self.members.longest(self.tokens, self.at)
        count = self.plain_length()
        if known is None or known[1] < count:
            return self.go_past(count)
        self.at += known[1]
        return known[0]

    def plain_length(self) -> int:
        """How many words stand side by side here."""
        count = 1
        while (each := self.tokens[self.at + count]).kind in {"name", "number"} and each.text not in KEYWORDS:
            count += 1
        return count

    # Types

    def type(self) -> Kind | None:
        """A type; none where it does not exist, or lacks its parameters. Raises FeelError for what is no type."""
        with self.deeper():
            if self.sees("list", "range") and self.tokens[self.at + 1].text == "<":
                made = list_of if self.takes("list", "range") == "list" else range_of
                self.needs("<")
                of = self.type()
                self.needs(">")
                return made(of) if of else None
            if self.sees("context") and self.tokens[self.at + 1].text == "<":
                return self.context_type()
            if self.sees("function") and self.tokens[self.at + 1].text == "<":
                return self.function_type()
            return self.named_type()

    def context_type(self) -> Kind | None:
        """context<name: type, ...>."""
        self.at += 2
        entries: dict[str, Kind | None] = {}
        while not self.takes(">"):
            name = self.new_name(":")
            self.needs(":")
            entries[name] = self.type()
            if not self.takes(",") and not self.sees(">"):
                raise self.wrong("',' or '>' is missing")
        known = {name: kind for name, kind in entries.items() if kind}
        return context_of(known) if len(known) == len(entries) else None

    def function_type(self) -> Kind | None:
        """function<types> -> type."""
        self.at += 2
        parameters: list[Kind | None] = []
        while not self.takes(">"):
            parameters.append(self.type())
            if not self.takes(",") and not self.sees(">"):
                raise self.wrong("',' or '>' is missing")
        self.needs("->")
        result = self.type()
        known = [kind for kind in parameters if kind]
        return function_of(known, result) if result and len(known) == len(parameters) else None

    def named_type(self) -> Kind | None:
        """A simple type, or one that the model defines; `a.b` for those of an imported model."""
        if self.token.kind != "name":
            raise self.wrong("A type is missing")
        found = TYPE_NAMES.longest(self.tokens, self.at)
        own = Names(self.types).longest(self.tokens, self.at)
        if own and (found is None or own[1] >= found[1]):
            self.at += own[1]
            return self.types[own[0]]
        if found:
            self.at += found[1]
            return SIMPLE[found[0]]
        self.loose_name()
        while self.takes("."):
            self.loose_name()
        return None
