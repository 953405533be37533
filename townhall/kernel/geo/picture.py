"""Still pictures of the base map, made when first asked for and kept until something new is loaded."""

import gzip
import math
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from typing import Any

import numpy as np
import shapely
from django.db import connection

from townhall.kernel.design import pins as drawn
from townhall.kernel.design.statuses import STATUSES
from townhall.kernel.geo.drawing.dots import SIDE, dots
from townhall.kernel.geo.drawing.frame import UNITS, Frame, PinAt, Shape
from townhall.kernel.geo.drawing.labels import labels
from townhall.kernel.geo.drawing.strokes import strokes
from townhall.kernel.geo.fields import box_text
from townhall.kernel.geo.palette import Palette

KEEP_PICTURES = 200
EASED_PIXELS = 0.3
FACE = "'Atkinson Hyperlegible Next Variable','Atkinson Hyperlegible Next',Verdana,sans-serif"
ROWS = """
    select layer, kind, case when %s and name_cy <> '' then name_cy else name end, width_metres, geometry
    from geo_feature where box && %s::box and min_zoom <= %s {far} order by min_zoom, id
"""


@lru_cache(maxsize=KEEP_PICTURES)
def picture(
    edition: str,
    frame: Frame,
    colours: Palette,
    pins: tuple[PinAt, ...] = (),
    *,
    language: str = "en",
    tone: str = "map",
    credit: str = "",
) -> bytes:
    """The picture as SVG, gzipped. Tone `hero` has no names and no ward lines; `grey` draws the pins in grey too."""
    shapes = list(_shapes(frame, language))
    places = [_pixel(frame, pin) for pin in pins]
    body = "".join(strokes(shapes, colours, wards=tone != "hero"))
    names = f"<g {_lettering(colours)}>{''.join(labels(shapes, frame, colours, places))}</g>" if tone != "hero" else ""
    marks = _credit(frame, credit) if tone != "hero" else ""
    marks += "".join(_pin(pin, x, y, grey=tone == "grey") for pin, (x, y) in zip(pins, places, strict=True))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{frame.width}" height="{frame.height}" '
        f'viewBox="0 0 {frame.width} {frame.height}" data-edition="{edition}">'
        f'<defs>{_patterns(colours)}</defs><rect width="100%" height="100%" fill="{colours.land}"/>'
        f'<g transform="scale({1 / UNITS:g})">{body}{names}</g>{marks}</svg>'
    )
    return gzip.compress(svg.encode(), 6, mtime=0)


def _shapes(frame: Frame, language: str) -> Iterator[Shape]:
    """What is in the frame, in pixels, cut at its edge and eased."""
    box = frame.box()
    statement = ROWS.format(far="and min_zoom < 13" if frame.zoom < 13 else "")
    with connection.cursor() as cursor:
        cursor.execute(statement, [language == "cy", box_text(box), frame.zoom])
        rows = cursor.fetchall()
    if not rows:
        return
    geometries = shapely.transform(_cut([bytes(row[-1]) for row in rows], box), frame.convert)
    for row, geometry in zip(rows, shapely.simplify(geometries, EASED_PIXELS), strict=True):
        if not geometry.is_empty:
            layer, kind, name, width, _ = row
            yield Shape(layer, kind, name, width / frame.scale, geometry)


def _cut(wkb: list[bytes], box: tuple[float, float, float, float]) -> Any:
    shapes = shapely.from_wkb(wkb)
    try:
        return shapely.clip_by_rect(shapes, *box)
    except shapely.GEOSException:
        return shapely.clip_by_rect(shapely.make_valid(shapes), *box)


def _pixel(frame: Frame, pin: PinAt) -> tuple[float, float]:
    x, y = frame.convert(np.array([[pin.point.easting, pin.point.northing]]))[0]
    return float(x), float(y)


def _pin(pin: PinAt, x: float, y: float, *, grey: bool) -> str:
    """A pin with its tip on the place, or a ring with its middle there; nothing for a status there is not."""
    counts = {status: count for status, count in pin.counts if status in STATUSES}
    if counts:
        centre = 20 + 3.2 * math.log(max(1, sum(counts.values())))
        return _placed(drawn.cluster(counts, late=pin.late, grey=grey), x - centre, y - centre)
    if pin.status not in STATUSES:
        return ""
    scale = drawn.CHOSEN if pin.is_chosen else 1.0
    drawing = drawn.pin(pin.status, is_chosen=pin.is_chosen, is_late=pin.is_late, grey=grey)
    return _placed(drawing, x - 22 * scale, y - 45 * scale)


def _placed(svg: str, x: float, y: float) -> str:
    return f'<g transform="translate({x:.1f} {y:.1f})">{svg}</g>'


def _credit(frame: Frame, words: str) -> str:
    """What the sources' licences want said, small, in the corner."""
    if not words:
        return ""
    place = f'x="{frame.width - 6}" y="{frame.height - 5}" text-anchor="end" font-size="11" font-family="{FACE}"'
    return f'<text {place} fill="#4a4e59" stroke="#ffffff" stroke-width="3" paint-order="stroke">{escape(words)}</text>'


def _lettering(colours: Palette) -> str:
    """The look of every name, as attributes: a style sheet inside would be refused by our own policy."""
    halo = f'stroke="{colours.halo}" stroke-width="{2.6 * UNITS:g}" stroke-linejoin="round" paint-order="stroke"'
    return f'text-anchor="middle" font-family="{FACE}" font-weight="500" {halo}'


def _patterns(colours: Palette) -> str:
    def pattern(kind: str, look: dict[str, Any]) -> str:
        circles = "".join(f'<circle cx="{x}" cy="{y}" r="{r}"/>' for x, y, r in look["dots"])
        size = f'width="{SIDE}" height="{SIDE}" patternUnits="userSpaceOnUse" patternTransform="scale({UNITS})"'
        return f'<pattern id="dots-{kind}" {size} fill="{look["colour"]}">{circles}</pattern>'

    return "".join(pattern(kind, look) for kind, look in dots(colours).items())
