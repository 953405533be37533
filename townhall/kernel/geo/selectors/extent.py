"""Where a map begins when nobody said."""

from dataclasses import dataclass

from townhall.kernel.geo.atlas import atlas
from townhall.kernel.geo.models import Feature, Place
from townhall.kernel.geo.rules.points import Point

ENGLAND = Point(430_000, 400_000)


@dataclass(frozen=True)
class Extent:
    """The middle of the town and the box of the whole council (west, south, east, north), in metres."""

    middle: Point
    box: tuple[float, float, float, float]


def extent() -> Extent:
    """The market place or town of the gazetteer, else the middle of the boundary or of the base map."""
    kept = atlas()
    shapes = kept.council.shapes or kept.wards.shapes
    boxes = [shape.bounds for shape in shapes]
    if not boxes:
        boxes = [box for box in Feature.objects.filter(layer="road").values_list("box", flat=True)[:5000] if box]
    if not boxes:
        west, south = ENGLAND.easting - 1000, ENGLAND.northing - 1000
        return Extent(ENGLAND, (west, south, west + 2000, south + 2000))
    wests, souths, easts, norths = zip(*boxes, strict=True)
    west, south, east, north = min(wests), min(souths), max(easts), max(norths)
    centre = Place.objects.filter(kind__in=("market", "square", "centre")).first()
    return Extent(centre.point if centre else Point((west + east) / 2, (south + north) / 2), (west, south, east, north))
