"""What is where: wards, gazetteer, a point in words, things nearby."""

from townhall.kernel.geo.atlas import edition, forget
from townhall.kernel.geo.selectors.areas import is_inside, neighbours_at, outline, ward, ward_at, wards, wards_at
from townhall.kernel.geo.selectors.assets import asset, nearby_assets
from townhall.kernel.geo.selectors.describing import Ground, describe, ground
from townhall.kernel.geo.selectors.extent import Extent, extent
from townhall.kernel.geo.selectors.loads import Loaded, credit, loaded
from townhall.kernel.geo.selectors.searching import search
from townhall.kernel.geo.selectors.streets import streets

__all__ = [
    "Extent",
    "Ground",
    "Loaded",
    "asset",
    "credit",
    "describe",
    "edition",
    "extent",
    "forget",
    "ground",
    "is_inside",
    "loaded",
    "nearby_assets",
    "neighbours_at",
    "outline",
    "search",
    "streets",
    "ward",
    "ward_at",
    "wards",
    "wards_at",
]
