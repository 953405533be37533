"""Loading a source's rows, so that loading them again replaces them and nothing else."""

from datetime import datetime
from typing import Any

import shapely
from django.db import IntegrityError, transaction
from psycopg import errors

from townhall.kernel.geo import atlas
from townhall.kernel.geo.actions.copying import TABLES
from townhall.kernel.geo.actions.naming import with_labels
from townhall.kernel.geo.models import Address, Asset, Boundary, Feature, Load, Place, Street
from townhall.kernel.geo.rules.rows import BoundaryRow, FeatureRow, TownRows
from townhall.kernel.modules.bulk import copy
from townhall.kernel.modules.keys import uuid7

MODELS: dict[str, Any] = {
    "streets": Street, "addresses": Address, "assets": Asset, "places": Place, "features": Feature,
}  # fmt: skip
WARD_LINES = "ward lines"
"""The origin of the features that are drawn from boundaries, whatever source those came from."""


class Clash(ValueError):
    """Two sources claim the same UPRN, USRN, asset reference or boundary code; nothing was loaded."""


def load_town(*, rows: TownRows, origin: str, title: str, at: datetime, credit: str = "") -> Load:
    """Replace what `origin` brought before by `rows`, in one transaction, and note the load.

    Boundaries are replaced by kind: new wards take the place of all wards. `credit` is shown beside every map.
    Raises Clash.
    """
    counts: dict[str, int] = {}
    try:
        with transaction.atomic():
            for name, model in MODELS.items():
                given = getattr(rows, name)
                if name == "features" and given is not None:
                    given = with_labels(list(given), list(rows.places or []))
                if given is not None:
                    model.objects.filter(origin=origin).delete()
                    counts[name] = _copy(name, given, origin)
            if rows.boundaries is not None:
                counts["boundaries"] = _replace_boundaries(list(rows.boundaries), origin)
            load = Load.objects.create(origin=origin, title=title, counts=counts, credit=credit, at=at)
    except (IntegrityError, errors.UniqueViolation) as error:
        raise Clash(str(error).split("DETAIL:")[-1].strip()) from error
    transaction.on_commit(atlas.forget)
    atlas.forget()
    return load


def _copy(name: str, rows: Any, origin: str) -> int:
    model, columns, maker = TABLES[name]
    return copy(model, ("id", *columns), ((uuid7(), *record) for record in maker(rows, origin)))


def _replace_boundaries(rows: list[BoundaryRow], origin: str) -> int:
    Boundary.objects.filter(kind__in={row.kind for row in rows}).delete()
    count = _copy("boundaries", rows, origin)
    Feature.objects.filter(origin=WARD_LINES).delete()
    _copy("features", _boundary_features(), WARD_LINES)
    return count


def _boundary_features() -> list[FeatureRow]:
    """Each edge between wards once, so that its dashes are not drawn twice; the council's edge; a name in each ward."""
    wards = [(row, shapely.from_wkb(bytes(row.geometry))) for row in Boundary.objects.filter(kind=Boundary.Kind.WARD)]
    features = [
        FeatureRow("label", "ward", shapely.point_on_surface(shape), row.name, row.name_cy) for row, shape in wards
    ]
    edges = shapely.line_merge(shapely.union_all([shape.boundary for _, shape in wards])) if wards else None
    if edges is not None:
        features += [FeatureRow("ward", "line", part) for part in shapely.get_parts(edges)]
    for row in Boundary.objects.filter(kind=Boundary.Kind.COUNCIL):
        features.append(FeatureRow("ward", "council", shapely.from_wkb(bytes(row.geometry)).boundary, row.name))
    return features
