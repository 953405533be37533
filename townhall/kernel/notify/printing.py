"""Posted letters as tagged PDF (PDF/UA-1), in ordinary or large print.

The address stands where a window envelope and GOV.UK Notify's printers want it: 24.6 mm from the left, 39.5 mm from
the top, 95 mm by 26.8 mm. Source: GOV.UK Notify letter specification.
"""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from townhall.kernel.authority import selectors as authority
from townhall.kernel.design import dates
from townhall.kernel.notify.message import Message

try:
    import typst
except ImportError:  # the extra [pdf] is not installed
    typst = None

LAYOUT = Path(__file__).parent / "printing.typ"
POINTS, LARGE_POINTS = 12, 18


class CannotPrint(RuntimeError):
    """The PDF library is missing; the message says what to install."""


def can_print() -> bool:
    """Whether PDFs can be made here."""
    return find_spec("typst") is not None


def pdf(message: Message) -> bytes:
    """The letter as PDF. The same message gives the same pages. Raises CannotPrint."""
    return _made(message, pdf_standards=["ua-1"])


def pictures(message: Message) -> list[bytes]:
    """The letter's pages as PNG, to look at on a screen. Raises CannotPrint."""
    made = _made(message, format="png", ppi=96)
    return made if isinstance(made, list) else [made]


def _made(message: Message, **options: Any) -> Any:
    if typst is None:
        raise CannotPrint("Letters on paper need the extra pdf: pip install townhall[pdf]")
    return typst.compile(LAYOUT.read_bytes(), sys_inputs={"letter": json.dumps(_contents(message))}, **options)


def _contents(message: Message) -> dict[str, object]:
    """What the layout shows, as plain data: it never reads words as its own commands."""
    ours = authority.ours()
    return {
        "language": message.language,
        "points": LARGE_POINTS if message.is_large_print else POINTS,
        "colour": ours.colour_1,
        "sender": message.sender,
        "sender_lines": [line.strip() for line in ours.address.replace(",", "\n").splitlines() if line.strip()],
        "telephone": ours.telephone,
        "to": list(filter(None, (message.address.name, *message.address.lines))),
        "date": dates.day(message.at.date(), message.language) + f" {message.at.year}",
        "subject": message.subject,
        "blocks": [{"kind": block.kind, "text": block.text} for block in message.blocks],
        "reference": message.reference.partition(".")[0][-12:],
    }
