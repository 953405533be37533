"""Reads the letters and documents of a package: one text in both languages, with places for what is filled in."""

import re
from collections.abc import Iterator

from townhall.kernel.catalogue.decisions.model import Place
from townhall.kernel.catalogue.packages.model import Letter, Problems
from townhall.kernel.notify.rules import TextMistake, Wording, parse_document, parse_letter, placeholders_in

NAMED = re.compile(r"\(\(([a-z][a-z0-9_]*)")
OPEN = re.compile(r"\(\((?![a-z][a-z0-9_]*(?:\)\)|\?\?[^\n]*?\)\)))")
TITLES, SUBJECTS = ("title", "title_cy"), ("subject_en", "subject_cy")
LETTER, DOCUMENT = "letter", "document"
LIKE = "Begin it with '---', title, title_cy, subject_en, subject_cy, placeholders and '---', each on its own line."
LIKE_DOCUMENT = "Write it as a letter without subjects: title, title_cy, placeholders, and the text in both languages."


def read_letter(content: bytes, file: str, problems: Problems, kind: str = LETTER) -> Letter | None:
    """The letter, or the document, of a file; none where it is none, which is reported."""
    text = content.decode()
    lines = text.split("\n")
    try:
        wording = parse_letter(text) if kind == LETTER else parse_document(text)
    except TextMistake as problem:
        cure = LIKE if kind == LETTER else LIKE_DOCUMENT
        problems.report(Place(file, line_of(lines, str(problem))), f"This is no {kind}: {problem}.", cure)
        return None
    name = file.partition("/")[2].removesuffix(".md")
    made = Letter(name, Place(file, 1), wording, placed(lines), kind)
    check_head(made, lines, problems)
    check_languages(made, lines, problems)
    return made


def line_of(lines: list[str], about: str) -> int:
    """The line that a mistake names; the first where it speaks of the whole."""
    named = about.rpartition(": ")[2]
    return lines.index(named) + 1 if named in lines else 1


def placed(lines: list[str]) -> dict[str, int]:
    """The placeholders of a text with the line that each stands in first, but not those of the list of examples."""
    found: dict[str, int] = {}
    for at, line in enumerate(lines, 1):
        for name in NAMED.findall(line):
            found.setdefault(name, at)
    return found


def check_head(letter: Letter, lines: list[str], problems: Problems) -> None:
    """Whether the lines before the text say what they may, and no example is of nothing."""
    end = lines.index("---", 1)
    words = (*TITLES, *(SUBJECTS if letter.kind == LETTER else ()), "placeholders")
    for at, line in enumerate(lines[1:end], 2):
        word = line.partition(":")[0].strip()
        if line[:1].isspace():
            if word not in letter.lines:
                cure = "Take it out, or use it in the text."
                problems.report(Place(letter.place.file, at), f"(({word})) is nowhere in the {letter.kind}.", cure)
        elif line.strip() and word not in words:
            problems.report(
                Place(letter.place.file, at), f"There is no {word!r} here.", f"There are {', '.join(words)}."
            )


def check_languages(letter: Letter, lines: list[str], problems: Problems) -> None:
    """Whether both languages are there and speak of the same things."""
    wording, file = letter.wording, letter.place.file
    parts = {"title_cy": wording.title_cy} | ({"subject_cy": wording.subject_cy} if letter.kind == LETTER else {})
    for key in (each for each, said in parts.items() if not said):
        problems.report(Place(file, 2), f"The {letter.kind} has no Welsh {key.removesuffix('_cy')}.", f"Add '{key}:'.")
    if not wording.body_cy:
        problems.report(
            Place(file, len(lines)), f"The {letter.kind} has no Welsh.", "Write it below a line '--- cy ---'."
        )
        return
    for name, one, other in differing(wording):
        cure = f"Put (({name})) into both, or into neither."
        about = f"(({name})) is in the {one} and not in the {other}."
        problems.report(Place(file, letter.lines.get(name, 1)), about, cure)
    for at, line in enumerate(lines, 1):
        if OPEN.search(line):
            about = "A placeholder is not closed, or its name cannot be one."
            problems.report(Place(file, at), about, "Write ((name)).")


def differing(wording: Wording) -> Iterator[tuple[str, str, str]]:
    """The placeholders that only one language has: their name, the language that has it, and the one that has not."""
    english = placeholders_in(f"{wording.subject_en}\n{wording.body_en}")
    welsh = placeholders_in(f"{wording.subject_cy}\n{wording.body_cy}")
    yield from ((name, "English", "Welsh") for name in sorted(english - welsh))
    yield from ((name, "Welsh", "English") for name in sorted(welsh - english))
