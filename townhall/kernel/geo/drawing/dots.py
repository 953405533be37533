"""Where the tree dots of parks and woods stand: one pattern, for pictures and for the browser's map alike."""

from typing import Any

from townhall.kernel.geo.palette import Palette

SIDE = 96
"""Pixels after which a pattern repeats."""
PARK = (
    (12, 20, 3.2),
    (48, 8, 2.6),
    (80, 30, 3.6),
    (30, 52, 2.8),
    (66, 60, 3.2),
    (10, 82, 3.4),
    (44, 86, 2.6),
    (86, 84, 3),
)
WOOD = (
    *PARK, (30, 8, 3), (64, 20, 3), (50, 34, 3.6), (14, 44, 3.2), (86, 52, 2.8), (46, 66, 3.4), (28, 72, 2.8),
    (66, 80, 3.2),
    (90, 10, 2.6), (6, 62, 2.4),
)  # fmt: skip


def dots(colours: Palette) -> dict[str, dict[str, Any]]:
    """For `park` and `wood`: the colour and the dots (x, y, radius) of a square of SIDE pixels."""
    return {
        "park": {"side": SIDE, "colour": colours.park_dot, "dots": PARK},
        "wood": {"side": SIDE, "colour": colours.wood_dot, "dots": WOOD},
    }
