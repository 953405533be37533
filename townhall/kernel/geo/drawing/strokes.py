"""Shapes as SVG paths: one path for all shapes that look alike, in whole half-pixels, each point told from the last."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import shapely

from townhall.kernel.geo.drawing.frame import UNITS, Shape
from townhall.kernel.geo.palette import Palette

AREA_ORDER = ("field", "builtup", "industry", "civic", "cemetery", "park", "wood", "playground")
CIVIC = {"civic", "church", "station"}
ROAD_ORDER = ("lane", "street", "main")
LEAST = {"main": 3.2, "street": 1.8, "lane": 1.3}
"""The least width of a road in pixels, so that it can be seen."""


def strokes(shapes: Iterable[Shape], colours: Palette, *, wards: bool) -> Iterator[str]:
    """All but names and pins, from the ground up."""
    kinds: defaultdict[tuple[str, str], list[Shape]] = defaultdict(list)
    for shape in shapes:
        kinds[shape.layer, shape.kind].append(shape)
    for kind in AREA_ORDER:
        yield from _ground(kind, kinds["area", kind], colours)
    yield _line(kinds["line", "stream"], colours.water, 2.4)
    yield _fill(kinds["area", "water"], colours.water, f' stroke="{colours.bank}" stroke-width="{UNITS}"')
    yield _line(kinds["line", "footpath"], colours.path, 1.6, dashes="6 4")
    buildings = [shape for (layer, _), them in kinds.items() if layer == "building" for shape in them]
    yield _fill([shape for shape in buildings if shape.kind not in CIVIC], colours.building)
    yield _fill([shape for shape in buildings if shape.kind in CIVIC], colours.civic)
    yield _line(kinds["road", "track"], colours.track, 2, dashes="8 4")
    yield _line(kinds["road", "path"], colours.path, 2)
    yield from _roads(kinds, colours)
    yield _line(kinds["line", "railway"], colours.railway, 3)
    yield _line(kinds["line", "railway"], colours.railway_gap, 1.6, dashes="12 12")
    if wards:
        yield _line(kinds["ward", "line"], colours.council, 1.6, dashes="16 5 3 5", opacity=0.6)
        yield _line(kinds["ward", "council"], colours.council, 2.6, dashes="16 5 3 5", opacity=0.6)


def _ground(kind: str, shapes: list[Shape], colours: Palette) -> Iterator[str]:
    colour = {"civic": colours.civic_ground}.get(kind) or getattr(colours, kind)
    yield _fill(shapes, colour)
    if kind in {"park", "wood"} and colours.park_dot != colours.park:
        yield _fill(shapes, f"url(#dots-{kind})")


def _roads(kinds: dict[tuple[str, str], list[Shape]], colours: Palette) -> Iterator[str]:
    """Every edge before any surface, so that streets open into one another."""
    look = {"lane": (colours.street, colours.street_edge), "main": (colours.main, colours.main_edge)}
    look["street"] = look["lane"]
    widths: defaultdict[tuple[str, float], list[Shape]] = defaultdict(list)
    for kind in ROAD_ORDER:
        for shape in kinds["road", kind]:
            widths[kind, max(LEAST[kind], round(shape.width * 2) / 2)].append(shape)
    for more, which in ((1.8, 1), (0.0, 0)):
        for kind, width in sorted(widths, key=lambda pair: (ROAD_ORDER.index(pair[0]), pair[1])):
            yield _line(widths[kind, width], look[kind][which], width + more)


def _fill(shapes: list[Shape], colour: str, more: str = "") -> str:
    path = "".join(_path(ring, closes=True) for shape in shapes for ring in _rings(shape.geometry))
    return f'<path fill="{colour}" fill-rule="evenodd" d="{path}"{more}/>' if path else ""


def _line(shapes: list[Shape], colour: str, width: float, dashes: str = "", opacity: float = 1.0) -> str:
    parts = [part for shape in shapes for part in shapely.get_parts(shape.geometry) if part.geom_type == "LineString"]
    path = "".join(_path(shapely.get_coordinates(part), closes=False) for part in parts)
    more = f' stroke-dasharray="{" ".join(str(float(n) * UNITS) for n in dashes.split())}"' if dashes else ""
    more += f' opacity="{opacity}"' if opacity < 1 else ""
    cap = "butt" if dashes else "round"
    look = f'stroke="{colour}" stroke-width="{width * UNITS:g}" stroke-linecap="{cap}" stroke-linejoin="round"{more}'
    return f'<path fill="none" {look} d="{path}"/>' if path else ""


def _rings(geometry: Any) -> Iterator[Any]:
    for part in shapely.get_parts(geometry):
        if part.geom_type == "Polygon" and not part.is_empty:
            yield shapely.get_coordinates(part.exterior)
            yield from (shapely.get_coordinates(ring) for ring in part.interiors)


def _path(points: Any, *, closes: bool) -> str:
    """`m` and steps; a ring without its closing point."""
    whole = np.rint(points * UNITS).astype(int)
    if closes:
        whole = whole[:-1]
    if len(whole) < 2:
        return ""
    steps = np.diff(whole, axis=0)
    steps = steps[np.any(steps != 0, axis=1)].tolist()
    if not steps:
        return ""
    turns = "".join(f"{' ' if dx >= 0 else ''}{dx}{' ' if dy >= 0 else ''}{dy}" for dx, dy in steps)
    return f"M{whole[0][0]} {whole[0][1]}l{turns.strip()}{'z' if closes else ''}"
