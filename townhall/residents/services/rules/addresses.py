"""An address from the gazetteer beside one that was typed: what was typed is never overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass

from townhall.residents.services.rules.typed import Typed

LINES = ("line_1", "line_2", "town", "county", "postcode")


@dataclass(frozen=True, slots=True)
class Known:
    """A property of the gazetteer."""

    uprn: str
    label: str
    line_1: str
    town: str
    postcode: str
    line_2: str = ""
    county: str = ""

    def lines(self) -> tuple[str, ...]:
        """Its lines as they stand in a form."""
        return (self.line_1, self.line_2, self.town, self.county, self.postcode)


def chosen_address(typed: Typed, at: str, chosen: Known, earlier: Known | None) -> tuple[Typed, bool]:
    """What stands in the form once a property is chosen, and whether lines typed by hand were left as they are.

    Lines that came from an `earlier` choice and were not touched make room for the new one.
    """
    held = tuple(_line(typed.get(f"{at}.{each}", ())) for each in LINES)
    is_by_hand = any(held) and (earlier is None or held != earlier.lines())
    lines = held if is_by_hand else chosen.lines()
    made = typed | {f"{at}.{name}": [line] for name, line in zip(LINES, lines, strict=True)}
    return made | {f"{at}.uprn": [chosen.uprn]}, is_by_hand


def _line(values: Sequence[str]) -> str:
    return " ".join(values[-1].split()) if values else ""
