"""PDFs as a screen reader has them: what breaks PDF/UA-1, and every tag with its text in the order read."""

from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import page
import pdfplumber


def faults(data: bytes) -> list[str]:
    """The rules of PDF/UA-1 (ISO 14289-1) that a PDF breaks, looked at by a validator that is not its maker."""
    report = page.validate_pdf_bytes(data, profile=page.ValidationProfile.PDF_UA_1)
    return [each.rule_id for each in report.failures]


def reading(data: bytes) -> list[tuple[str, str]]:
    """Each tag that has text of its own, in the order of the structure tree: `("H1", "Your answers")`."""
    with pdfplumber.open(BytesIO(data)) as found:
        texts: defaultdict[tuple[int, int], str] = defaultdict(str)
        for number, one in enumerate(found.pages, 1):
            for char in one.chars:
                if char.get("mcid") is not None:
                    texts[number, char["mcid"]] += char["text"]
        return [row for each in found.structure_tree for row in _walk(each, texts)]


def _walk(element: dict[str, Any], texts: dict[tuple[int, int], str], inside: str = "") -> Iterator[tuple[str, str]]:
    tag = inside if element["type"] == "Span" and inside else element["type"]
    words = "".join(texts.get((element.get("page_number", 0), each), "") for each in element.get("mcids", ()))
    if words.strip():
        yield tag, words.strip()
    for child in element.get("children", ()):
        yield from _walk(child, texts, tag)


def about(data: bytes) -> dict[str, Any]:
    """Its language, its title, and whether every font is within it."""
    with pdfplumber.open(BytesIO(data)) as found:
        catalogue = found.doc.catalog
        fonts = {char["fontname"] for one in found.pages for char in one.chars}
        return {
            "language": catalogue["Lang"].decode(), "title": found.metadata.get("Title", ""), "pages": len(found.pages),
            "is_embedded": bool(fonts) and all("+" in each for each in fonts),
        }  # fmt: skip
