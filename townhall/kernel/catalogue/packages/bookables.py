"""Reads what can be booked: the default of a package, which a council's officers change on a page."""

import re
from collections.abc import Iterator

from townhall.kernel.catalogue.decisions.model import ModelError
from townhall.kernel.catalogue.decisions.yaml_tree import YamlNode
from townhall.kernel.catalogue.packages.model import Bookable, Opening
from townhall.kernel.catalogue.words import Report, as_name, text_of

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = ("capacity", "slot_minutes", "notice_days", "ahead_days", "hold_minutes", "change_days")
SPAN = re.compile(r"((?:[01][0-9]|2[0-3]):[0-5][0-9])-((?:[01][0-9]|2[0-3]):[0-5][0-9])")
MOST = 20
TOLD_BY_BOOKINGS = frozenset({"booking_moved", "booking_cancelled", "booking_called_off"})
"""The messages that bookings send to a process themselves."""
OWN = ("confirm", "cancel")
"""What a booking of a process may be called besides: the day that was held becomes firm, or is given back."""


def bookables(node: YamlNode, report: Report) -> dict[str, Bookable]:
    """What can be booked, by the name that the process calls it. Raises ModelError."""
    held = node.keys()
    if len(held) > MOST:
        raise ModelError(f"There are more than {MOST} things to book.", node.place, "Leave some out.")
    return {as_name(name, each): bookable(name, each, report) for name, each in held.items()}


def bookable(name: str, node: YamlNode, report: Report) -> Bookable:
    """One thing to book. Raises ModelError."""
    held = node.keys("name", "days", *NUMBERS)
    for key in ("name", "days"):
        if key not in held:
            raise ModelError(f"There is no {key!r}.", node.place, f"Add '{key}:'.")
    if name in OWN:
        raise ModelError(f"{name!r} is a word of the process.", node.place, "Call it something else.")
    numbers = {key: number(held[key]) for key in NUMBERS if key in held}
    if not numbers.get("capacity", 1):
        raise ModelError("A slot takes at least one booking.", held["capacity"].place, "Write 1 or more.")
    return Bookable(text_of(held["name"], report), tuple(openings(held["days"])), **numbers)


def openings(node: YamlNode) -> Iterator[Opening]:
    """The times of a week. Raises ModelError."""
    for day, each in node.keys(*WEEKDAYS).items():
        for span in each.items() if isinstance(each.held, list) else [each]:
            found = SPAN.fullmatch(span.text())
            if found is None or found[1] >= found[2]:
                cure = "Write it as 09:00-12:30."
                raise ModelError(f"{span.text()[:40]!r} is no time of a day.", span.place, cure)
            yield Opening(WEEKDAYS.index(day), found[1], found[2])


def number(node: YamlNode) -> int:
    """A whole number. Raises ModelError."""
    text = node.text()
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        raise ModelError(f"{text[:40]!r} is no whole number.", node.place, "Write digits alone.")
    return int(text)
