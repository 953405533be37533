"""The boundaries, kept in memory and read again when a newer load is seen. Ten microseconds to say a point's ward."""

import time
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import numpy as np
import shapely

from townhall.kernel.geo.models import Boundary, Load
from townhall.kernel.geo.rules.places import Area
from townhall.kernel.geo.rules.points import Point
from townhall.kernel.geo.squares import Squares

KEEP_SECONDS = 1.0
"""How long a load by another process may stay unseen."""


@dataclass(frozen=True)
class Layer:
    """The areas of one kind, with their squares."""

    areas: list[Area] = field(default_factory=list)
    shapes: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        outlines = np.array(self.shapes, dtype=object)
        shapely.prepare(outlines)
        object.__setattr__(self, "squares", Squares(outlines, shapely.STRtree(outlines)))

    def at(self, point: Point) -> list[Area]:
        """The areas that hold the point, edges included; of two wards that share an edge, both."""
        squares: Squares = self.squares  # pyright: ignore[reportAttributeAccessIssue]
        square = squares.of(point)
        found = square.numbers
        if not square.is_covered:
            found = found[shapely.intersects_xy(squares.shapes[found], point.easting, point.northing)]
        return [self.areas[at] for at in found]

    def first_of_each(self, eastings: Any, northings: Any) -> list[Area | None]:
        """For many points at once, the area of each, or None."""
        squares: Squares = self.squares  # pyright: ignore[reportAttributeAccessIssue]
        found = np.full(len(eastings), -1)
        points, areas = squares.tree.query(shapely.points(eastings, northings), "intersects")
        found[points[::-1]] = areas[::-1]
        return [self.areas[at] if at >= 0 else None for at in found]


@dataclass(frozen=True)
class Atlas:
    """All boundaries of one edition."""

    edition: str
    wards: Layer = field(default_factory=Layer)
    council: Layer = field(default_factory=Layer)
    neighbours: Layer = field(default_factory=Layer)

    def ward_at(self, point: Point) -> Area | None:
        """The ward that holds the point; on an edge, the first by name; None outside all of them."""
        return next(iter(self.wards.at(point)), None)

    def is_inside(self, point: Point) -> bool:
        """Whether the point is in the council's area; True everywhere until a boundary was loaded.

        Without the council's own outline, its wards together are the outline.
        """
        outline = self.council if self.council.areas else self.wards
        return not outline.areas or bool(outline.at(point))


_lock = Lock()
_kept: Atlas | None = None
_looked_at = 0.0


def atlas() -> Atlas:
    """The boundaries as they are now."""
    global _kept, _looked_at  # noqa: PLW0603
    with _lock:
        if _kept is None or time.monotonic() - _looked_at > KEEP_SECONDS:
            newest = edition_now()
            if _kept is None or newest != _kept.edition:
                _kept = _read(newest)
            _looked_at = time.monotonic()
        return _kept


def edition() -> str:
    """What changes when anything is loaded: the key of tiles, pictures and styles that are kept."""
    return atlas().edition


def edition_now() -> str:
    """The newest load's key, read now; empty where nothing was loaded."""
    newest = Load.objects.values_list("id", flat=True).first()
    return newest.hex if newest else ""


def forget() -> None:
    """Look for a newer load at the next call in this process."""
    global _looked_at  # noqa: PLW0603
    with _lock:
        _looked_at = 0.0


def _read(newest: str) -> Atlas:
    found: dict[str, tuple[list[Area], list[Any]]] = {kind: ([], []) for kind in Boundary.Kind.values}
    for row in Boundary.objects.order_by("name"):
        areas, shapes = found[row.kind]
        areas.append(Area(row.code, row.name, row.name_cy))
        shapes.append(shapely.from_wkb(bytes(row.geometry)))
    layers = {kind: Layer(*pair) for kind, pair in found.items()}
    kinds = Boundary.Kind
    return Atlas(newest, layers[kinds.WARD], layers[kinds.COUNCIL], layers[kinds.NEIGHBOUR])
