"""Splits a text into the tokens of FEEL: parts of names, numbers, texts and signs."""

import re
from dataclasses import dataclass

from townhall.kernel.catalogue.decisions.feel.errors import FeelError

NAME_START = (
    "?A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
NAME_PART = NAME_START + "0-9\u00b7\u0300-\u036f\u203f-\u2040"
SPACE = "\\s\u0085\u00a0\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"
PATTERN = re.compile(
    rf"""(?P<space>[{SPACE}]+|//[^\n]*|/\*.*?\*/)
    |(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][-+]?[0-9]+(?![{NAME_PART}]))?)
    |(?P<text>"(?:[^"\\]|\\.)*")
    |(?P<name>[{NAME_START}][{NAME_PART}]*)
    |(?P<sign>\*\*|\.\.|->|<=|>=|!=|[-+*/=<>()\[\]{{}},:.@'\u2019])""",
    re.VERBOSE | re.DOTALL,
)
KEYWORDS = frozenset(
    {
        *("for", "return", "in", "if", "then", "else", "some", "every", "satisfies", "instance", "of", "between"),
        *("and", "or", "function", "external", "true", "false", "null"),
    }
)
ADDITIONAL = frozenset("./-'\u2019+*")
"""Signs that a name may hold: they are read as part of one only where that name is known."""
SIMPLE = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}
ESCAPE = re.compile(r"""\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(["'\\nrt]))""")
PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: its kind (name, number, text, sign or end), and where it stands."""

    kind: str
    text: str
    start: int
    end: int


def tokenize(text: str, *, longest: int) -> list[Token]:
    """The tokens of a text, and one for its end. Raises FeelError for what is no token or too long."""
    if len(text) > longest:
        raise FeelError(f"The text is longer than {longest:,} characters.")
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = PATTERN.match(text, at)
        if match is None:
            raise FeelError(unreadable(text, at), at)
        if match.lastgroup != "space":
            found.append(Token(str(match.lastgroup), match.group(), at, match.end()))
        at = match.end()
    return [*found, Token("end", "", at, at)]


def unreadable(text: str, at: int) -> str:
    """What is wrong at a place where no token begins."""
    return "The text in quotes does not end." if text[at] == '"' else f"The character {text[at]!r} means nothing here."


def unquoted(literal: str) -> str:
    """The value of a text in quotes; a backslash before any other letter stays, as patterns need it."""
    if "\\" not in literal:
        return literal[1:-1]
    plain = ESCAPE.sub(_escaped, literal[1:-1])
    return PAIR.sub(lambda pair: pair.group().encode("utf-16", "surrogatepass").decode("utf-16"), plain)


def _escaped(found: re.Match[str]) -> str:
    code = found.group(1) or found.group(2)
    if code is None:
        return SIMPLE[found.group(3)]
    return chr(int(code, 16)) if int(code, 16) <= 0x10FFFF else found.group()
