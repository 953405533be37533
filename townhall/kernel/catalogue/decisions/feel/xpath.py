"""XPath's regular expressions as Python's `regex` module writes them, and what XPath does not allow.

Source: XQuery 1.0 and XPath 2.0 Functions and Operators, 7.6.1; XML Schema part 2, appendix F.
"""

import re

FLAGS = "smixq"
SIMPLE_ESCAPES = frozenset("nrt\\|.?*+(){}-[]^$")
CLASSES = {
    "s": r"[ \t\n\r]", "S": r"[^ \t\n\r]", "d": r"\p{Nd}", "D": r"\P{Nd}",
    "w": r"[^\p{P}\p{Z}\p{C}]", "W": r"[\p{P}\p{Z}\p{C}]",
    "i": r"[\p{L}_:]", "I": r"[^\p{L}_:]", "c": r"[-.\p{L}\p{Nd}\p{M}_:\u00b7]", "C": r"[^-.\p{L}\p{Nd}\p{M}_:\u00b7]",
}  # fmt: skip
PROPERTY = re.compile(r"([pP])\{(Is)?([A-Za-z0-9-]+)\}")
QUANTITY = re.compile(r"\{([0-9]+)(,([0-9]*))?\}")
CATEGORY = re.compile(r"L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?")
MOST_REPEATS = 10_000


class NotAPattern(ValueError):
    """A text is no regular expression of XPath: why."""


def python_pattern(text: str, flags: str) -> str:
    """The pattern as Python's `regex` writes it. Raises NotAPattern."""
    return Translation(without_spaces(text) if "x" in flags else text, flags).whole()


def without_spaces(text: str) -> str:
    """A pattern without the white space outside its sets."""
    kept: list[str] = []
    depth = 0
    escaped = False
    for each in text:
        if each in " \t\n\r" and not depth:
            continue
        kept.append(each)
        if not escaped:
            depth = max(0, depth + (each == "[") - (each == "]"))
        escaped = each == "\\" and not escaped
    return "".join(kept)


def python_replacement(text: str, groups: int) -> list[tuple[str, int]]:
    """The parts of a replacement: texts with -1, or the number of a group. Raises NotAPattern."""
    parts: list[tuple[str, int]] = []
    at = 0
    while at < len(text):
        if text[at] == "\\":
            if text[at + 1 : at + 2] not in {"\\", "$"} or at + 1 >= len(text):
                raise NotAPattern("a backslash stands before $ or another backslash")
            parts.append((text[at + 1], -1))
            at += 2
        elif text[at] == "$":
            digits = re.match(r"[0-9]+", text[at + 1 :])
            if digits is None:
                raise NotAPattern("a digit follows $")
            number = digits.group()
            while len(number) > 1 and int(number) > groups:
                number = number[:-1]
            parts.append(("", -1) if int(number) > groups else ("", int(number)))
            at += 1 + len(number)
        else:
            parts.append((text[at], -1))
            at += 1
    return parts


class Translation:
    """Goes through a pattern once."""

    def __init__(self, text: str, flags: str) -> None:
        self.text, self.flags, self.at = text, flags, 0
        self.opened: list[int | None] = []
        self.closed: set[int] = set()
        self.groups = 0

    def whole(self) -> str:
        """The whole pattern."""
        made: list[str] = []
        while self.at < len(self.text):
            made.append(self.piece())
        if self.opened:
            raise NotAPattern("a bracket is not closed")
        return "".join(made)

    def piece(self) -> str:  # noqa: PLR0911
        """The next part of the pattern."""
        each = self.text[self.at]
        self.at += 1
        if each == "\\":
            return self.escape()
        if each == "[":
            return self.set()
        if each == "(":
            return self.group()
        if each == ")":
            return self.end_of_group()
        if each in "*+?{":
            return self.repeats(each)
        if each in "]}":
            raise NotAPattern(f"{each} stands alone")
        if each == "." and "s" not in self.flags:
            return r"[^\n\r]"
        if each == "$" and "m" not in self.flags:
            return r"\Z"
        return r"\#" if each == "#" else each

    def group(self) -> str:
        """An opening bracket: it counts, but for `(?:`."""
        if self.text.startswith("?:", self.at):
            self.at += 2
            self.opened.append(None)
            return "(?:"
        if self.text.startswith("?", self.at):
            raise NotAPattern("( is not followed by ?")
        self.groups += 1
        self.opened.append(self.groups)
        return "("

    def end_of_group(self) -> str:
        """A closing bracket."""
        if not self.opened:
            raise NotAPattern("a bracket is closed that was not opened")
        number = self.opened.pop()
        self.closed |= {number} if number else set()
        return ")"

    def repeats(self, sign: str) -> str:
        """How often something comes: `*`, `+`, `?`, `{2,3}`, with `?` for as seldom as possible."""
        if sign == "{":
            found = QUANTITY.match(self.text, self.at - 1)
            if found is None or max(int(found[1]), int(found[3] or 0)) > MOST_REPEATS:
                raise NotAPattern("{ is not followed by numbers")
            if found[3] and int(found[3]) < int(found[1]):
                raise NotAPattern("the numbers in {} are the wrong way round")
            sign, self.at = found.group(), found.end()
        before = self.text[: self.at - len(sign)]
        if not before or (before[-1] in "(|^" and not before.endswith("\\" + before[-1])):
            raise NotAPattern(f"nothing comes before {sign}")
        if self.text.startswith("?", self.at):
            self.at += 1
            sign += "?"
        if self.text[self.at : self.at + 1] in set("*+?{"):
            raise NotAPattern("a repeat of a repeat")
        return sign

    def escape(self) -> str:
        """What a backslash and the next letter stand for."""
        each = self.text[self.at : self.at + 1]
        if each.isdigit() and each.isascii():
            return self.back_reference()
        return self.character(each)

    def back_reference(self) -> str:
        """What an earlier group found. Raises NotAPattern where that group has not ended."""
        digits = re.match(r"[0-9]+", self.text[self.at :])
        number = digits.group() if digits else ""
        while len(number) > 1 and int(number) > self.groups:
            number = number[:-1]
        if number[:1] == "0" or int(number) not in self.closed:
            raise NotAPattern("there is no such group before it")
        self.at += len(number)
        return f"(?:\\{number})"

    def character(self, each: str) -> str:
        """An escape that stands for a character or a kind of character."""
        if each in {"p", "P"}:
            return self.property()
        self.at += 1
        if each in CLASSES:
            return CLASSES[each]
        if each not in SIMPLE_ESCAPES or not each:
            raise NotAPattern(f"\\{each} means nothing")
        return "\\" + each

    def property(self) -> str:
        """A kind of character: a category, or a block with `Is` before its name."""
        found = PROPERTY.match(self.text, self.at)
        if found is None or (not found[2] and not CATEGORY.fullmatch(found[3])):
            raise NotAPattern("there is no such kind of character")
        self.at = found.end()
        return f"\\{found[1]}{{{'In' + found[3].replace('-', '') if found[2] else found[3]}}}"

    def set(self) -> str:
        """A set of characters, from after its bracket on."""
        made = "["
        if self.text.startswith("^", self.at):
            made, self.at = "[^", self.at + 1
        first = True
        while True:
            each = self.text[self.at : self.at + 1]
            if not each:
                raise NotAPattern("a set is not closed")
            self.at += 1
            if each == "]" and not first:
                return made + "]"
            if each == "-" and self.text.startswith("[", self.at) and not first:
                self.at += 1
                return self.subtracted(made)
            made += self.in_set(each, first=first)
            first = False

    def subtracted(self, made: str) -> str:
        """A set without another, as in `[a-z-[aeiou]]`."""
        less = self.set()
        if not self.text.startswith("]", self.at):
            raise NotAPattern("a set ends after what is taken from it")
        self.at += 1
        return f"[{made}]--{less}]" if made.startswith("[^") else f"{made}--{less}]"

    def in_set(self, each: str, *, first: bool) -> str:
        """One character, or a row of them, in a set."""
        if each == "[" or (each == "]" and first):
            raise NotAPattern("a bracket in a set has a backslash before it")
        start = self.one(each)
        if each == "-" and not first and not self.text.startswith("]", self.at):
            raise NotAPattern("a hyphen in a set stands first or last")
        if not self.text.startswith("-", self.at) or self.text[self.at + 1 : self.at + 2] in {"[", "]", ""}:
            return start
        self.at += 2
        end = self.one(self.text[self.at - 1])
        if len(start) > 2 or len(end) > 2 or ord(start[-1]) > ord(end[-1]):
            raise NotAPattern("a row of characters goes from a lower one to a higher one")
        return f"{start}-{end}"

    def one(self, each: str) -> str:
        """One character of a set, or a kind of character."""
        if each != "\\":
            return "\\" + each if each in r"&|~^-[]#" else each
        if self.text[self.at : self.at + 1].isdigit():
            raise NotAPattern("a group cannot be named in a set")
        return self.character(self.text[self.at : self.at + 1])
