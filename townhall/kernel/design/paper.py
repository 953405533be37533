"""Pages on paper: a layout and data come to a tagged PDF (PDF/UA-1) or to pictures. Needs the extra [pdf].

What people wrote is handed over as data, so that no layout reads it as its own commands. A character that no font here
can draw would end in an error, as the standard forbids it: a sign becomes its name, anything else an empty box.
"""

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

try:
    import typst
except ImportError:  # the extra [pdf] is not installed
    typst = None

UNDRAWN = re.compile(r'^error: .*the text `"((?:[^"\\]|\\.)+)"` could not be displayed', re.MULTILINE)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
SHORT_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}
TRIES = 4
"""How often a text is looked at again; the first error names every character, later ones what stood behind it."""
BOX = "\u25a1"
LONG_WORD = re.compile(r"\S{24}(?=\S)")
BREAK = "\u200b"
"""Lets a line end within a word that is longer than a line."""


class CannotPrint(RuntimeError):
    """No PDF can be made: the library is missing, and the message says what to install, or it refuses the pages."""


def can_print() -> bool:
    """Whether PDFs can be made here."""
    return typst is not None


def pdf(layout: Path, contents: dict[str, Any], **options: Any) -> bytes:
    """The pages as PDF/UA-1. Raises CannotPrint."""
    return _made(layout, contents, pdf_standards=["ua-1"], **options)


def pictures(layout: Path, contents: dict[str, Any]) -> list[bytes]:
    """The pages as PNG, to look at on a screen. Raises CannotPrint."""
    made = _made(layout, contents, format="png", ppi=96)
    return made if isinstance(made, list) else [made]


def _made(layout: Path, contents: dict[str, Any], **options: Any) -> Any:
    """What the layout makes of the contents. `is_replaced` among them says whether a character could not be drawn."""
    if typst is None:
        raise CannotPrint("PDFs need the extra pdf: pip install townhall[pdf]")
    text = json.dumps(_changed(contents, _drawable) | {"is_replaced": False}, ensure_ascii=False)
    for _ in range(TRIES):
        try:
            return typst.compile(layout.read_bytes(), sys_inputs={"contents": text}, **options)
        except typst.TypstError as problem:
            undrawn = set("".join(map(_unescaped, UNDRAWN.findall(str(getattr(problem, "diagnostic", ""))))))
            if not undrawn:
                raise CannotPrint(str(problem)) from problem
            held, table = json.loads(text), str.maketrans({each: stand_in(each) for each in undrawn})
            text = json.dumps(
                _changed(held, lambda each, table=table: each.translate(table)) | {"is_replaced": True},
                ensure_ascii=False,
            )
    raise CannotPrint("There are characters that no font here can draw.")


def stand_in(character: str) -> str:
    """What stands for a character that no font here has: `[grinning face]`, a box for a letter, nothing for marks."""
    kind, name = unicodedata.category(character), unicodedata.name(character, "")
    if kind in {"So", "Sm", "Sc"} and name:
        return f"[{name.lower()}]"
    return BOX if kind[0] in "LNP" else ""


def _drawable(text: str) -> str:
    """A text without what no file can hold, with places to end a line in words that are longer than one."""
    return LONG_WORD.sub(lambda found: found.group() + BREAK, text.encode(errors="replace").decode())


def _changed(held: Any, change: Any) -> Any:
    """The same with every text in it changed; names stay."""
    if isinstance(held, str):
        return change(held)
    if isinstance(held, dict):
        return {name: _changed(each, change) for name, each in held.items()}
    return [_changed(each, change) for each in held] if isinstance(held, list) else held


def _unescaped(quoted: str) -> str:
    """A text as the library's message quotes it, read back."""
    return ESCAPED.sub(
        lambda found: chr(int(found[1], 16)) if found[1] else SHORT_ESCAPES.get(found[2], found[2]), quoted
    )
