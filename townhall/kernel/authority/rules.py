"""What an authority is: pure data about a council."""

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Literal

Tier = Literal["district", "county", "unitary"]


@dataclass(frozen=True, slots=True)
class Hours:
    """When the telephone is answered: weekdays (0 is Monday) from and to, local time."""

    days: tuple[int, ...]
    opens: time
    shuts: time

    def is_open(self, at: datetime) -> bool:
        """Whether somebody answers at this local time."""
        return at.weekday() in self.days and self.opens <= at.time() < self.shuts


@dataclass(frozen=True, slots=True)
class Authority:
    """A council as pages, letters and rules know it. Colours are #rrggbb; `nation` as in `cases.calendars`."""

    gss_code: str
    short_name: str
    name: str
    name_cy: str
    tier: Tier
    nation: str
    colour_1: str
    colour_2: str
    telephone: str
    emergency_telephone: str
    staff_telephone: str
    text_relay: str
    address: str
    email: str
    website: str
    hours: tuple[Hours, ...] = ()
    does: tuple[str, ...] = ()
    does_cy: tuple[str, ...] = ()
    open311_url: str = ""
    open311_jurisdiction: str = ""
    is_ours: bool = False
    is_fictional: bool = False
    second_line: str = field(default="")

    def is_open(self, at: datetime) -> bool:
        """Whether the telephone is answered at this local time."""
        return any(hours.is_open(at) for hours in self.hours)
