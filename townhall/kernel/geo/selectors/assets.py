"""Things on the ground that somebody looks after."""

from townhall.kernel.geo.fields import Distance
from townhall.kernel.geo.models import Asset
from townhall.kernel.geo.rules.places import AssetNear
from townhall.kernel.geo.rules.points import Point


def nearby_assets(point: Point, kind: str, limit: int = 5, within_metres: float = 150) -> list[AssetNear]:
    """The assets of a kind around the point, nearest first."""
    rows = Asset.objects.filter(kind=kind).annotate(metres=Distance("point", point)).order_by("metres")[:limit]
    near = [_near(row, point.metres_to(row.point)) for row in rows]
    return [one for one in near if one.metres <= within_metres]


def asset(kind: str, reference: str) -> AssetNear | None:
    """The asset of a kind with this reference; its distance is nought."""
    row = Asset.objects.filter(kind=kind, reference=reference).first()
    return _near(row, 0.0) if row else None


def _near(row: Asset, metres: float) -> AssetNear:
    return AssetNear(
        row.kind, row.reference, row.label, row.label_cy or row.label, row.owner, round(metres, 1), row.point
    )
