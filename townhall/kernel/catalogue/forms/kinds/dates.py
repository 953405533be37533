"""Answers that are a day."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.kinds import DATE
from townhall.kernel.catalogue.decisions.feel.moments import Date
from townhall.kernel.catalogue.decisions.feel.reading import date as day_in
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.forms.kinds.base import Kind, Read, Wrong, kind, wrong
from townhall.kernel.catalogue.forms.model import Json
from townhall.kernel.catalogue.forms.raw import Fields
from townhall.kernel.catalogue.words import Text

MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "cy": [
        "Ionawr",
        "Chwefror",
        "Mawrth",
        "Ebrill",
        "Mai",
        "Mehefin",
        "Gorffennaf",
        "Awst",
        "Medi",
        "Hydref",
        "Tachwedd",
        "Rhagfyr",
    ],
}
FIRST, LAST = 1800, 2200
PARTS = ("day", "month", "year")
ISO = r"^(?:18|19|20|21)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$"


def day_of(kept: Any) -> Date | None:
    """The day that an answer is; none where it is none."""
    if not isinstance(kept, str) or len(kept) != 10:
        return None
    try:
        found = day_in(kept)
    except OutOfDomain:
        return None
    return found if FIRST <= found.year < LAST else None


def month_in(text: str) -> int | None:
    """The month that a text is: its number, its name, or how a name begins."""
    if text.isascii() and text.isdigit():
        return int(text[:4])
    for names in MONTHS.values():
        for number, name in enumerate(names, 1):
            if len(text) >= 3 and name.lower().startswith(text.lower()):
                return number
    return None


def in_full(day: date) -> Text:
    """A day with the name of its month."""
    return Text(*(f"{day.day} {names[day.month - 1]} {day.year}" for names in MONTHS.values()))


@kind("date")
class Day(Kind):
    """A day, sent as three fields or as one in ISO 8601."""

    feel = DATE

    def read(self, sent: Fields) -> Read:
        """Months may be named."""
        if sent.is_blank():
            return Read()
        if not sent.inside:
            return Read(sent.text()) if day_of(sent.text()) else self.refused("no_date", "day")
        for each in PARTS:
            if not sent.part(each).text():
                return self.refused(f"no_{each}", each)
        day, year, month = sent.part("day").text(), sent.part("year").text(), month_in(sent.part("month").text())
        if not (year.isascii() and year.isdigit() and len(year) == 4):
            return self.refused("year", "year")
        if not (day.isascii() and day.isdigit() and len(day) < 3) or month is None:
            return self.refused("no_date", "month" if month is None else "day")
        found = f"{year}-{month:02}-{int(day):02}"
        return Read(found) if day_of(found) else self.refused("no_date", "day")

    def refused(self, rule: str, part: str) -> Read:
        """Nothing was read: the field to look at."""
        return Read(None, wrong(rule, part=part))

    def check(self, value: Json) -> Iterator[Wrong]:
        """It is a day of a year that people live in."""
        if not isinstance(value, str):
            yield wrong("shape")
        elif day_of(value) is None:
            yield wrong("no_date", part="day")

    def value(self, kept: Json) -> Value:
        """A date."""
        return day_of(kept)

    def shown(self, value: Any) -> Text:
        """As in 3 March 2026."""
        return in_full(date.fromisoformat(value))

    def schema(self) -> dict[str, Any]:
        """A day in ISO 8601."""
        return {"type": "string", "format": "date", "pattern": ISO}
