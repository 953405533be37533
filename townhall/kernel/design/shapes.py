"""The drawn signs, as SVG: status shapes, the clock dial, neutral outline glyphs, the emblem.

Each is a fragment for a 20 by 20 box (emblem 46, Townhall's mark 24). It is drawn in `currentColor`; what must look
cut out has the class `th-hole` and is white.
"""

import math
from html import escape

HOLE = 'class="th-hole" fill="none" stroke="#fff"'

STATUS_SHAPES = {
    "received": '<circle cx="10" cy="10" r="7.3" fill="none" stroke="currentColor" stroke-width="2.8"/>',
    "looking": '<circle cx="10" cy="10" r="7.6" fill="none" stroke="currentColor" stroke-width="2.2"/>'
    '<path d="M10 2.4a7.6 7.6 0 0 1 0 15.2z" fill="currentColor"/>',
    "booked": '<path d="M10 .9 19.1 10 10 19.1.9 10z" fill="currentColor" stroke="currentColor" stroke-width="1" '
    'stroke-linejoin="round"/><circle class="th-hole-fill" cx="10" cy="10" r="2.9" fill="#fff"/>',
    "waiting": '<rect x="2.1" y="2.1" width="15.8" height="15.8" rx="3" fill="none" stroke="currentColor" '
    'stroke-width="2.2"/><path d="M7.6 6.6v6.8M12.4 6.6v6.8" stroke="currentColor" stroke-width="2.4"/>',
    "passed": '<path d="M2.4 3h9.4a1.6 1.6 0 0 1 1.2.5l5.5 6-.1 1-5.4 6a1.6 1.6 0 0 1-1.2.5H2.4A1.4 1.4 0 0 1 1 '
    f'15.6V4.4A1.4 1.4 0 0 1 2.4 3z" fill="currentColor"/><path d="M4.6 10h8M9.6 6.9 12.7 10l-3.1 3.1" {HOLE} '
    'stroke-width="1.9"/>',
    "fixed": '<circle cx="10" cy="10" r="8.7" fill="currentColor"/>'
    f'<path d="m5.9 10.3 2.9 2.9 5.5-6" {HOLE} stroke-width="2.4"/>',
    "closed": '<rect x="1.6" y="1.6" width="16.8" height="16.8" rx="3" fill="currentColor"/>'
    f'<path d="M6 10h8" {HOLE} stroke-width="2.4"/>',
    "missed": '<path d="M10 1.8 18.9 17.6H1.1z" fill="currentColor" stroke="currentColor" stroke-width="1.4" '
    f'stroke-linejoin="round"/><path d="M10 7v5.2M10 13.9v2.2" {HOLE} stroke-width="2.2"/>',
}

_LINE = 'fill="none" stroke="currentColor" stroke-width="1.8" stroke-linejoin="round"'
GLYPHS = {
    "letter": f'<path d="M1.5 4h17v12.5h-17zM1.8 4.6 10 11l8.2-6.4" {_LINE}/>',
    "words": f'<path d="M1.5 2.5h17v11.6H9.2l-4 3.6v-3.6H1.5z" {_LINE}/><path d="M5 6.4h10M5 10h6.5" {_LINE}/>',
    "note": f'<path d="m2.2 17.8.9-4.4L13.6 2.9l3.5 3.5L6.6 16.9zM11.6 4.9l3.5 3.5" {_LINE}/>',
    "call": f'<path d="M5.4 2 8 6.6 6.3 8.7a13 13 0 0 0 5 5l2.1-1.7L18 14.6c-.3 2-1.7 3.5-3.6 3.4C8 17.6 2.4 12 2 5.6 '
    f'1.9 3.7 3.4 2.3 5.4 2z" {_LINE}/>',
    "photo": f'<path d="M1.5 5.5h4.2L7.4 3h5.2l1.7 2.5h4.2v11.2h-17z" {_LINE}/>'
    f'<circle cx="10" cy="10.8" r="3.2" {_LINE}/>',
    "person": f'<circle cx="10" cy="6.4" r="3.7" {_LINE}/><path d="M2.6 18c.4-4 3.4-6 7.4-6s7 2 7.4 6" {_LINE}/>',
    "system": f'<circle cx="10" cy="10" r="3" {_LINE}/><path d="M10 1.5v4M10 14.5v4M1.5 10h4M14.5 10h4M4 4l2.8 '
    f'2.8M13.2 13.2 16 16M16 4l-2.8 2.8M6.8 13.2 4 16" {_LINE}/>',
    "link": f'<path d="M8.3 11.7 11.7 8.3M9 5.6l2-2a3.8 3.8 0 0 1 5.4 5.4l-2 2M11 14.4l-2 2A3.8 3.8 0 0 1 3.6 11l2-2" '
    f"{_LINE}/>",
    "search": '<circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" stroke-width="2.4"/>'
    '<path d="m12.2 12.2 6 6" fill="none" stroke="currentColor" stroke-width="2.6"/>',
    "here": f'<circle cx="10" cy="10" r="6" {_LINE}/><circle cx="10" cy="10" r="2.3" fill="currentColor"/>'
    f'<path d="M10 .5V4M10 16v3.5M.5 10H4M16 10h3.5" {_LINE}/>',
    "right": '<path d="m6.5 3 7 7-7 7" fill="none" stroke="currentColor" stroke-width="3.6"/>',
    "left": '<path d="m13.5 3-7 7 7 7" fill="none" stroke="currentColor" stroke-width="3.6"/>',
    "down": '<path d="m3 6.5 7 7 7-7" fill="none" stroke="currentColor" stroke-width="3.6"/>',
    "fictional": '<path d="M1.5 1.5h17v17h-17z" fill="none" stroke="currentColor" stroke-width="1.8"/>'
    '<path d="M2 11 11 2M2 18 18 2M9 18l9-9" fill="none" stroke="currentColor" stroke-width="1.8"/>',
    "better": '<path d="M10 18V7" stroke="currentColor" stroke-width="4"/>'
    '<path d="M10 1 17 9H3z" fill="currentColor"/>',
    "worse": '<path d="M10 2v11" stroke="currentColor" stroke-width="4"/>'
    '<path d="M10 19 3 11h14z" fill="currentColor"/>',
}

TOWNHALL_MARK = (
    '<path d="M12 1 22.5 9.2V23h-21V9.2z" fill="currentColor"/>'
    '<circle class="th-hole-fill" cx="12" cy="14" r="6" fill="#fff"/>'
    '<path d="M12 10.2V14l2.8 1.8" fill="none" stroke="currentColor" stroke-width="2"/>'
)


def wedge(share: float, *, radius: float = 6.3, centre: float = 10) -> str:
    """The path of a filled slice from twelve o'clock, clockwise; `share` of a full turn, 0 to 1."""
    share = min(1.0, max(0.0, share))
    if share >= 0.999:
        half = f"A{radius} {radius} 0 1 1 {centre}"
        return f"M{centre} {centre - radius:.2f}{half} {centre + radius:.2f}{half} {centre - radius:.2f}z"
    angle = 2 * math.pi * share
    x, y = centre + radius * math.sin(angle), centre - radius * math.cos(angle)
    return f"M{centre} {centre}V{centre - radius:.2f}A{radius} {radius} 0 {int(share > 0.5)} 1 {x:.2f} {y:.2f}z"


def dial(share: float, state: str) -> str:
    """The inside of a clock dial. States: on, soon, over, paused, done, ahead; `share` is the time used, 0 to 1."""
    if state == "over":
        return (
            '<circle cx="10" cy="10" r="9.6" fill="currentColor"/>'
            f'<path d="M10 4v7.4M10 13.4v2.8" {HOLE} stroke-width="2.6"/>'
        )
    if state == "paused":
        return (
            '<circle cx="10" cy="10" r="8.8" fill="none" stroke="currentColor" stroke-width="1.6" '
            'stroke-dasharray="2.6 2"/>'
            '<path d="M7.6 6.2v7.6M12.4 6.2v7.6" stroke="currentColor" stroke-width="2.6"/>'
        )
    ring = (
        '<circle class="th-dial__ring" cx="10" cy="10" r="8.9" fill="none" stroke="currentColor" stroke-width="1.7"/>'
    )
    if state == "done":
        return ring + '<path d="m5.7 10.4 3 3 5.4-6.4" fill="none" stroke="currentColor" stroke-width="2.2"/>'
    hand = f'<path d="{wedge(share)}" fill="currentColor"/>' if share > 0.004 else ""
    return ring + hand


def emblem(council_1: str = "", council_2: str = "", star: str = "#fff") -> str:
    """A council's stand-in emblem from its two colours; without colours, those of the page's theme."""
    council_1, council_2, star = map(escape, (council_1, council_2, star))
    first = f'fill="{council_1}"' if council_1 else 'class="th-fill-1"'
    second = f'stroke="{council_2}"' if council_2 else 'class="th-stroke-2"'
    light = f'fill="{star}"' if council_1 else 'class="th-fill-on-1"'
    wave = "c2.2-2.3 6.4-2.6 9 .3 2.4 2.7 6.7 3.2 9 .6 2.6-2.9 6.8-3.2 9-.9 2.2 2 4.5 2.3 6.5 1"
    return (
        f'<rect width="46" height="46" rx="8" {first}/>'
        f'<path d="M23 6c1.4 7 3.2 8.9 10 10-6.8 1.1-8.6 3-10 10-1.4-7-3.2-8.9-10-10 6.8-1.1 8.6-3 10-10z" {light}/>'
        f'<path d="M6.5 31{wave}" fill="none" stroke-width="2.8" stroke-linecap="round" {second}/>'
        f'<path d="M6.5 38.5{wave}" fill="none" stroke-width="2.8" stroke-linecap="round" opacity=".75" {second}/>'
    )
