"""What a list of cases is narrowed to and sorted by, as it stands in an address. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote_plus
from uuid import UUID

from townhall.kernel.geo.rules import bbox_from_text

LISTS = ("all", "mine", "team", "nobody", "over", "today", "paused", "reopened", "done")
SORTS = ("clock", "newest", "changed")
USUAL = ("sort", "clock")
"""What an address does not say."""
MOST = 1000
"""Counts are exact up to here; beyond it a list says "1,000+"."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A list of cases and what it is narrowed to; empty means any. `person` is a key, `me` or `nobody`; `box` is a part
    of the map, as west,south,east,north in degrees.
    """

    name: str = "all"
    team: str = ""
    status: str = ""
    ward: str = ""
    category: str = ""
    person: str = ""
    channel: str = ""
    text: str = ""
    box: str = ""
    sort: str = "clock"

    @classmethod
    def parse(cls, params: Mapping[str, str], *, default: "Filter | None" = None) -> "Filter":
        """The filter that an address asks for. What it cannot mean is left out; nothing asked gives the default."""
        asked = {key: params.get(key, "").strip()[:100] for key in _KEYS}
        if default is not None and not asked["list"]:
            asked |= {"list": default.name, "team": asked["team"] or default.team}
        name = asked["list"] if asked["list"] in LISTS else "all"
        sort = asked["sort"] if asked["sort"] in SORTS else "changed" if name == "done" else "clock"
        narrowed = {
            field: asked[key].replace("\x00", "") for key, field in _KEYS.items() if key not in {"list", "sort"}
        }
        narrowed["box"] = tidy_box(narrowed["box"])
        return cls(name=name, sort=sort, **narrowed)

    @property
    def query(self) -> str:
        """The filter as it stands in an address, without what is empty."""
        values = [(key, getattr(self, field)) for key, field in _KEYS.items()]
        return "&".join(f"{key}={_quoted(str(value))}" for key, value in values if value and (key, value) != USUAL)

    def but(self, **changes: str) -> "Filter":
        """The same with some of it changed."""
        return replace(self, **changes)

    @property
    def is_narrowed(self) -> bool:
        """Whether it is more than a plain list."""
        return any((self.status, self.ward, self.category, self.person, self.channel, self.text, self.box))

    @property
    def is_done(self) -> bool:
        """Whether it lists finished cases."""
        return self.name == "done"


_quoted = lru_cache(maxsize=4096)(quote_plus)
"""A page of the queue has a link for every choice of every filter: the same few values some thousand times."""
_KEYS = {
    "list": "name", "team": "team", "status": "status", "ward": "ward", "category": "category", "person": "person",
    "channel": "channel", "q": "text", "box": "box", "sort": "sort",
}  # fmt: skip


def tidy_box(text: str) -> str:
    """The box with five decimals (a metre) to a side; empty where it is no such box, or far from Britain."""
    if bbox_from_text(text) is None:
        return ""
    west, south, east, north = (float(side) for side in text.split(","))
    return f"{west:.5f},{south:.5f},{east:.5f},{north:.5f}" if west < east and south < north else ""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page of a list ended: the sorted value (None for cases without a date, which come last) and the key."""

    value: datetime | None
    key: UUID

    def __str__(self) -> str:
        return f"{self.value.isoformat() if self.value else ''}~{self.key.hex}"

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """The cursor in an address, or None where there is none or it is none of ours."""
        value, _, key = text.partition("~")
        try:
            return (
                cls(datetime.fromisoformat(value.replace(" ", "+")) if value else None, UUID(hex=key)) if key else None
            )
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are, counted only up to MOST."""

    number: int

    @property
    def is_more(self) -> bool:
        """Whether there are more than were counted."""
        return self.number > MOST

    def __str__(self) -> str:
        return f"{MOST:,}+" if self.is_more else f"{self.number:,}"
