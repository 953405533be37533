"""The text of a letter: its file, its placeholders, and the text once they are filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, cast

Kind = Literal["heading", "paragraph", "item", "inset"]
SpanKind = Literal["words", "value", "link"]

_PLACEHOLDER: Final = re.compile(r"\(\(([a-z][a-z0-9_]*)(?:\?\?(.*?))?\)\)")
_LINK: Final = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
_MARKS: Final[dict[str, Kind]] = {"# ": "heading", "* ": "item", "- ": "item", "^ ": "inset"}


class TextMistake(ValueError):
    """A letter's file or text that cannot be read; the message says where."""


class MissingValues(ValueError):
    """A letter was to be written without a value that its text asks for."""


@dataclass(frozen=True, slots=True)
class Said:
    """A value in words, and whether it says yes: the words of a `no` do not."""

    text: str
    is_yes: bool

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line: the council's words, a value filled in, or an address to follow."""

    kind: SpanKind
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, item of a list, or inset; a value's own lines are kept as line breaks within it."""

    kind: Kind
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The block without marks."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Wording:
    """A letter's subject and body in each language; an empty Welsh body means: not translated yet."""

    title: str
    subject_en: str
    body_en: str
    subject_cy: str = ""
    body_cy: str = ""
    examples: dict[str, str] = field(default_factory=dict[str, str])
    title_cy: str = ""

    def has(self, language: str) -> bool:
        """Whether the whole letter is there in this language."""
        subject, body = self.parts(language)
        return bool(subject.strip() and body.strip())

    def parts(self, language: str) -> tuple[str, str]:
        """Subject and body in a language."""
        return (self.subject_cy, self.body_cy) if language == "cy" else (self.subject_en, self.body_en)

    @property
    def used(self) -> frozenset[str]:
        """The placeholders that any of its texts asks for."""
        return placeholders_in("\n".join((self.subject_en, self.body_en, self.subject_cy, self.body_cy)))


def placeholders_in(text: str) -> frozenset[str]:
    """The names in double round brackets."""
    return frozenset(match.group(1) for match in _PLACEHOLDER.finditer(text))


def parse_letter(source: str) -> Wording:
    """A letter's file: front matter between lines of `---`, the English body, a line `--- cy ---`, the Welsh body.

    The front matter has `title`, `title_cy`, `subject_en`, `subject_cy` and, indented under `placeholders:`, an example
    value for each placeholder; whether each has one is for the caller to look at. Raises TextMistake.
    """
    head, examples, english, welsh = _parts(source)
    wording = Wording(
        title=head.get("title", ""), subject_en=head.get("subject_en", ""), subject_cy=head.get("subject_cy", ""),
        body_en=english, body_cy=welsh, title_cy=head.get("title_cy", ""), examples=examples,
    )  # fmt: skip
    if not wording.title or not wording.has("en"):
        raise TextMistake("title, subject_en and an English body are needed")
    return wording


def parse_document(source: str) -> Wording:
    """A document's file: that of a letter without subjects. Its title stands where a letter has its subject.

    Raises TextMistake.
    """
    head, examples, english, welsh = _parts(source)
    title, title_cy = head.get("title", ""), head.get("title_cy", "")
    wording = Wording(title, title, english, title_cy, welsh, examples, title_cy)
    if not wording.has("en"):
        raise TextMistake("title and an English body are needed")
    return wording


def _parts(source: str) -> tuple[dict[str, str], dict[str, str], str, str]:
    """The words of the front matter, the examples in it, and both bodies. Raises TextMistake."""
    match = re.match(r"---\n(.*?)\n---\n(.*)", source.replace("\r\n", "\n"), re.DOTALL)
    if match is None:
        raise TextMistake("the file must begin with front matter between two lines of ---")
    english, _, welsh = match.group(2).partition("\n--- cy ---\n")
    return *_front_matter(match.group(1)), english.strip(), welsh.strip()


def _front_matter(text: str) -> tuple[dict[str, str], dict[str, str]]:
    head: dict[str, str] = {}
    examples: dict[str, str] = {}
    for line in filter(str.strip, text.split("\n")):
        name, colon, value = line.partition(":")
        if not colon:
            raise TextMistake(f"not a line of front matter: {line}")
        (examples if line[0].isspace() else head)[name.strip()] = value.strip()
    return head, examples


def is_link(name: str) -> bool:
    """Whether a placeholder of this name holds an address on our own site."""
    return name == "link" or name.endswith("_link")


def our_link(value: str, base_url: str) -> str:
    """The whole address of a path on our site. Raises ValueError for an address anywhere else."""
    if value.startswith("/") and not value.startswith(("//", "/\\")):
        return base_url + value
    if value == base_url or value.startswith(f"{base_url}/"):
        return value
    raise ValueError("a link in a letter leads to our own site only")


def fill(text: str, values: Mapping[str, Any], *, base_url: str) -> list[Block]:
    """The text with its values, as blocks. What is structure, and what is a link, comes from the text alone.

    `((name))` is the value; `((name??words))` is the words where the value says yes. A block that is left empty goes.
    Raises MissingValues, and ValueError for a link that leads elsewhere.
    """
    if missing := placeholders_in(text) - set(values):
        raise MissingValues(", ".join(sorted(missing)))
    blocks: list[Block] = []
    for paragraph in re.split(r"\n[ \t]*\n", text.strip()):
        lines: list[Span] = []
        for line in paragraph.strip().split("\n"):
            mark = line[:2] if line[:2] in _MARKS else ""
            spans = _spans(line.removeprefix(mark), values, base_url)
            if mark:
                blocks += [*_block("paragraph", lines), *_block(_MARKS[mark], spans)]
                lines = []
            elif any(span.text.strip() for span in spans):
                lines += [Span("words", "\n"), *spans] if lines else spans
        blocks += _block("paragraph", lines)
    return blocks


def fill_line(text: str, values: Mapping[str, Any]) -> str:
    """A subject with its values, on one line. Raises MissingValues."""
    if missing := placeholders_in(text) - set(values):
        raise MissingValues(", ".join(sorted(missing)))
    return " ".join("".join(span.text for span in _spans(text, values, "")).split())


def _block(kind: Kind, spans: list[Span]) -> list[Block]:
    return [Block(kind, tuple(spans))] if any(span.text.strip() for span in spans) else []


def _spans(line: str, values: Mapping[str, Any], base_url: str) -> list[Span]:
    spans: list[Span] = []
    at = 0
    for match in _PLACEHOLDER.finditer(line):
        before, found = line[at : match.start()], _value(match.group(1), match.group(2), values, base_url)
        spans += _words(before if found or not line.startswith(" ", match.end()) else before.removesuffix(" "))
        spans += found
        at = match.end()
    return [span for span in (*spans, *_words(line[at:])) if span.text]


def _value(name: str, words: str | None, values: Mapping[str, Any], base_url: str) -> list[Span]:
    value = values[name]
    if words is not None:
        return _words(words) if says_yes(value) else []
    shown = "" if value is None else str(value).strip()
    if is_link(name) and base_url and shown:
        return [Span("link", our_link(shown, base_url))]
    return [Span("value", shown)]


def says_yes(value: Any) -> bool:
    """Whether words that stand there only where a value says yes are to stand there."""
    return value.is_yes if isinstance(value, Said) else value not in (None, "", False, 0, "0", "no", [])


def _words(text: str) -> list[Span]:
    """Words, with the addresses in them (which the council itself wrote) as links."""
    spans: list[Span] = []
    at = 0
    for match in _LINK.finditer(text):
        spans += [Span("words", text[at : match.start()]), Span("link", match.group())]
        at = match.end()
    return [*spans, Span("words", text[at:])]


def to_json(blocks: list[Block]) -> list[Any]:
    """Blocks as a letter's row keeps them."""
    return [[block.kind, [[span.kind, span.text] for span in block.spans]] for block in blocks]


def from_json(kept: list[Any]) -> list[Block]:
    """Blocks from a letter's row."""
    return [
        Block(cast("Kind", kind), tuple(Span(cast("SpanKind", name), str(text)) for name, text in spans))
        for kind, spans in kept
    ]
