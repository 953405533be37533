"""Posted letters as tagged PDF (PDF/UA-1), in ordinary or large print.

The address stands where a window envelope and GOV.UK Notify's printers want it: 24.6 mm from the left, 39.5 mm from
the top, 95 mm by 26.8 mm. Source: GOV.UK Notify letter specification.
"""

from pathlib import Path
from typing import Any

from townhall.kernel.authority import selectors as authority
from townhall.kernel.design import dates, paper
from townhall.kernel.notify.message import Message

LAYOUT = Path(__file__).parent / "printing.typ"
POINTS, LARGE_POINTS = 12, 18


def pdf(message: Message) -> bytes:
    """The letter as PDF. The same message gives the same pages. Raises CannotPrint."""
    return paper.pdf(LAYOUT, _contents(message))


def pictures(message: Message) -> list[bytes]:
    """The letter's pages as PNG, to look at on a screen. Raises CannotPrint."""
    return paper.pictures(LAYOUT, _contents(message))


def _contents(message: Message) -> dict[str, Any]:
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
