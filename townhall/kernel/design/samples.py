"""What the page of parts shows. All invented."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from townhall.kernel.design import rules
from townhall.kernel.design.statuses import STATUSES

WELSH = {
    "received": "Wedi dod i law",
    "looking": "Yn cael sylw",
    "booked": "Gwaith wedi'i drefnu",
    "waiting": "Yn aros am wybodaeth",
    "passed": "Gyda chyngor arall",
    "fixed": "Wedi'i drwsio",
    "closed": "Wedi cau, heb ei drwsio",
    "missed": "Dyddiad wedi'i golli",
}
COUNCILS = (
    ("Northmere", "#571c45", "#b9cf4a"),
    ("Merrowshire", "#16425b", "#f08a5d"),
    ("A yellow council", "#ffc72c", "#00703c"),
)
CLUSTERS = (
    "received=1&booked=1&fixed=1",
    "received=5&booked=6&fixed=6",
    "received=14&looking=6&booked=10&fixed=12&late=4",
    "received=80&booked=120&waiting=30&fixed=88",
)
NEUTRALS = (
    ("ink", "#1a1c23"),
    ("ink-2", "#4a4e59"),
    ("edge", "#6c717d"),
    ("line", "#d2d5db"),
    ("wash", "#f2f3f6"),
    ("paper", "#ffffff"),
    ("council-1", "#571c45"),
    ("council-2", "#b9cf4a"),
    ("focus", "#8be4ff"),
)


@dataclass(frozen=True)
class Clock:
    """A clock as the `clock` macro wants it."""

    share: float
    state: str
    when: str
    left: str


CLOCKS = (
    Clock(0.14, "on", "Wed 20", "6 days left"),
    Clock(0.5, "on", "Thu 14", "2 days left"),
    Clock(0.86, "soon", "Tomorrow", "1 day left"),
    Clock(1, "over", "1 day over", "due Mon 11"),
    Clock(0.4, "paused", "Paused 2 d", "waits for landowner"),
    Clock(1, "done", "Done", "in 2 days"),
)


def parts_samples(now: datetime) -> dict[str, Any]:
    """The context of the page of parts."""
    return {
        "neutrals": [(name, colour, rules.contrast(colour, rules.WHITE)) for name, colour in NEUTRALS],
        "rows": [
            (status, WELSH[status.code], rules.contrast(status.colour, rules.WHITE)) for status in STATUSES.values()
        ],
        "clusters": CLUSTERS,
        "clocks": CLOCKS,
        "councils": [(name, rules.theme(first, second)) for name, first, second in COUNCILS],
        "entries": timeline_entries(now),
    }


def timeline_entries(now: datetime) -> list[dict[str, Any]]:
    """A report's story, newest first."""
    return [
        {"title": "Next: cleared, and a photo to show it", "text": "Promised by Thursday.", "is_next": True},
        {"code": "booked", "title": "Crew booked", "at": now, "text": "A two-person crew will clear it."},
        {"code": "missed", "title": "We missed our date", "at": now - timedelta(hours=2), "text": "A lift failed."},
        {"glyph": "words", "title": "Still there", "at": now - timedelta(days=1), "text": "Said by the reporter."},
        {"code": "received", "title": "Reported", "at": now - timedelta(days=5), "text": "With 2 photos."},
    ]
