"""Grid references of the British National Grid, as in `NY 123 456`.

Source: Ordnance Survey, "Using the National Grid": 500 km squares of 25 letters (no I), each cut into 100 km squares.
"""

import re

from townhall.kernel.geo.rules.points import Point

LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
WEST_METRES, SOUTH_METRES = -1_000_000, -500_000
"""The corner of square V: the letters run from there, five squares of 500 km to a row."""


class NotAGridReference(ValueError):
    """The text is not a grid reference, or names a square outside Great Britain."""


def from_grid_reference(text: str) -> Point:
    """The middle of the square that a reference of 2 to 10 figures names. Raises NotAGridReference."""
    match = re.fullmatch(r"([A-HJ-Z])([A-HJ-Z])((?:\d\d){1,5})", re.sub(r"\s+", "", text).upper())
    if match is None:
        raise NotAGridReference(text)
    first, second, digits = match.groups()
    half = len(digits) // 2
    size = 10 ** (5 - half)
    west, south = _square(first, second)
    easting, northing = west + int(digits[:half]) * size, south + int(digits[half:]) * size
    if not (0 <= easting < 700_000 and 0 <= northing < 1_300_000):
        raise NotAGridReference(text)
    return Point(easting + size / 2, northing + size / 2)


def to_grid_reference(point: Point, figures: int = 6) -> str:
    """The reference of the square that holds the point: six figures name 100 metres. Raises NotAGridReference."""
    if not (0 <= point.easting < 700_000 and 0 <= point.northing < 1_300_000):
        raise NotAGridReference(f"{point.easting}, {point.northing}")
    half = figures // 2
    size = 10 ** (5 - half)
    across, up = int(point.easting) - WEST_METRES, int(point.northing) - SOUTH_METRES
    first = LETTERS[(4 - up // 500_000) * 5 + across // 500_000]
    second = LETTERS[(4 - up % 500_000 // 100_000) * 5 + across % 500_000 // 100_000]
    return f"{first}{second} {across % 100_000 // size:0{half}d} {up % 100_000 // size:0{half}d}"


def _square(first: str, second: str) -> tuple[int, int]:
    """The south-west corner of a 100 km square, in metres."""
    row, column = divmod(LETTERS.index(first), 5)
    inner_row, inner_column = divmod(LETTERS.index(second), 5)
    west = WEST_METRES + column * 500_000 + inner_column * 100_000
    return west, SOUTH_METRES + (4 - row) * 500_000 + (4 - inner_row) * 100_000
