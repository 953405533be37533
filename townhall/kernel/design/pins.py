"""Map pins and cluster rings, as whole SVG pictures. The same drawing serves every map, at any density."""

import math
from collections.abc import Mapping, Sequence

from townhall.kernel.design.rules import INK
from townhall.kernel.design.shapes import STATUS_SHAPES
from townhall.kernel.design.statuses import STATUSES

PIN_WIDTH, PIN_HEIGHT = 44, 50
"""Size of a pin's picture in CSS pixels; its tip stands at (22, 45)."""
CHOSEN = 1.35
FOCUS = "#8be4ff"
DROP = "M22 45c-3.2-7.6-14.2-15.8-14.2-25.5a14.2 14.2 0 1 1 28.4 0c0 9.7-11 17.9-14.2 25.5z"
FINE = 500
"""Parts into which the ring of a large cluster is cut, whatever it counts."""
RING_ORDER = ("received", "looking", "booked", "waiting", "passed", "fixed", "closed", "missed")


def pin(
    status: str, *, is_chosen: bool = False, is_late: bool = False, has_focus: bool = False, grey: bool = False
) -> str:
    """A pin for a status. Chosen: an ink drop, 1.35 times as large. Late: a red triangle on its shoulder."""
    colour = "#4a4a4a" if grey else STATUSES[status].colour
    disc = '<circle cx="22" cy="19.5" r="10.6" fill="#fff"/>' if is_chosen else ""
    halo = f'<circle cx="22" cy="19.5" r="19" fill="{FOCUS}" stroke="{INK}" stroke-width="1.6"/>' if has_focus else ""
    parts = [
        halo,
        '<ellipse cx="22" cy="45.5" rx="6" ry="2" fill="#1a1c23" fill-opacity=".25"/>',
        f'<path d="{DROP}" fill="{INK if is_chosen else "#fff"}" stroke="{INK}" stroke-width="1.6"/>',
        disc,
        _shape(status, colour, x=14.2, y=11.7, scale=0.78),
        _late_mark("#4a4a4a" if grey else STATUSES["missed"].colour) if is_late else "",
    ]
    scale = CHOSEN if is_chosen else 1.0
    return _picture(PIN_WIDTH, PIN_HEIGHT, "".join(parts), scale=scale)


def cluster(counts: Mapping[str, int], *, late: int = 0, grey: bool = False) -> str:
    """A cluster: the count on white in a ring cut by status share, the late share as cut dashes.

    Radius 17 + 3.2 ln(n). `late` reports are counted in `counts` too, and taken from its largest share in the ring.
    """
    total = sum(counts.values())
    radius = 17 + 3.2 * math.log(max(1, total))
    centre = radius + 3
    ring = radius - 4.2
    arcs = "".join(
        _arc(centre, ring, start, end, "#4a4a4a" if grey else STATUSES[status].colour, is_cut=status == "missed")
        for status, start, end in shares(counts, late=late)
    )
    label = (
        f'<text x="{centre:.1f}" y="{centre + 4.6:.1f}" text-anchor="middle" font-size="13" font-weight="700" '
        f'font-family="Atkinson Hyperlegible Next Variable, Atkinson Hyperlegible Next, Verdana, sans-serif" '
        f'fill="{INK}">{total:,}</text>'
    )
    middle = f'cx="{centre:.1f}" cy="{centre:.1f}"'
    edge = f'<circle {middle} r="{radius:.1f}" fill="#fff" stroke="{INK}" stroke-width="1.4"/>'
    return _picture(2 * centre, 2 * centre, edge + arcs + label)


def shares(counts: Mapping[str, int], *, late: int = 0) -> Sequence[tuple[str, float, float]]:
    """Each status with the start and end of its part of the ring, in turns from twelve o'clock; late ones last."""
    left = {status: counts.get(status, 0) for status in RING_ORDER}
    if (whole := sum(left.values())) > FINE:
        left = {status: -(-count * FINE // whole) for status, count in left.items()}
        late = -(-late * FINE // whole)
    total = sum(left.values())
    late = min(late, total)
    for _ in range(late):
        left[max(left, key=lambda status: left[status])] -= 1
    left["missed"] += late
    placed: list[tuple[str, float, float]] = []
    at = 0.0
    for status in RING_ORDER:
        if left[status]:
            placed.append((status, at, at + left[status] / total))
            at += left[status] / total
    return placed


def _shape(status: str, colour: str, *, x: float, y: float, scale: float) -> str:
    return f'<g transform="translate({x} {y}) scale({scale})" color="{colour}">{STATUS_SHAPES[status]}</g>'


def _late_mark(colour: str) -> str:
    ground = '<path d="M35 .8 43.4 15H26.6z" fill="#fff" stroke="#fff" stroke-width="2.5" stroke-linejoin="round"/>'
    return ground + _shape("missed", colour, x=28, y=1.2, scale=0.7)


def _arc(centre: float, radius: float, start: float, end: float, colour: str, *, is_cut: bool) -> str:
    gap = 0.9 / (2 * math.pi * radius) if end - start < 0.999 else 0.0
    first, last = 2 * math.pi * (start + gap), 2 * math.pi * (min(end, start + 0.9995) - gap)
    x1, y1 = centre + radius * math.sin(first), centre - radius * math.cos(first)
    x2, y2 = centre + radius * math.sin(last), centre - radius * math.cos(last)
    cut = ' stroke-dasharray="2.2 1.5"' if is_cut else ""
    return (
        f'<path d="M{x1:.2f} {y1:.2f}A{radius:.2f} {radius:.2f} 0 {int(last - first > math.pi)} 1 {x2:.2f} {y2:.2f}" '
        f'fill="none" stroke="{colour}" stroke-width="4.8"{cut}/>'
    )


def _picture(width: float, height: float, inside: str, *, scale: float = 1.0) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width * scale:.1f}" height="{height * scale:.1f}" '
        f'viewBox="0 0 {width:g} {height:g}">{inside}</svg>'
    )
