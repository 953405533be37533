"""Places without a database: points, grid references, typed addresses, rows to load."""

from townhall.kernel.geo.rules.boxes import bbox_from_text
from townhall.kernel.geo.rules.grid import NotAGridReference, from_grid_reference, to_grid_reference
from townhall.kernel.geo.rules.picking import picked
from townhall.kernel.geo.rules.places import Area, AssetNear, Described, Found
from townhall.kernel.geo.rules.points import LonLat, NotInBritain, Point, to_bng, to_lonlat
from townhall.kernel.geo.rules.rows import AddressRow, AssetRow, BoundaryRow, FeatureRow, PlaceRow, StreetRow, TownRows
from townhall.kernel.geo.rules.typed import fold, tidy_postcode

__all__ = [
    "AddressRow",
    "Area",
    "AssetNear",
    "AssetRow",
    "BoundaryRow",
    "Described",
    "FeatureRow",
    "Found",
    "LonLat",
    "NotAGridReference",
    "NotInBritain",
    "PlaceRow",
    "Point",
    "StreetRow",
    "TownRows",
    "bbox_from_text",
    "fold",
    "from_grid_reference",
    "picked",
    "tidy_postcode",
    "to_bng",
    "to_grid_reference",
    "to_lonlat",
]
