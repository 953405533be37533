"""A hamlet to test with: two wards, four streets, a park, a river, nine houses and three lights."""

from datetime import datetime

from shapely import LineString, Polygon, box

from townhall.kernel.geo import actions
from townhall.kernel.geo.models import Load
from townhall.kernel.geo.rules import (
    AddressRow,
    AssetRow,
    BoundaryRow,
    FeatureRow,
    PlaceRow,
    Point,
    StreetRow,
    TownRows,
)

EAST, NORTH = 360_000, 500_000
CROSSROADS = Point(EAST + 500, NORTH + 500)
"""Where Chapel Street meets Wool Lane."""


def hamlet() -> TownRows:
    """The rows of the hamlet: a square kilometre, cut into Castle (west) and Forge (east)."""
    chapel = LineString([(EAST + 100, NORTH + 500), (EAST + 900, NORTH + 500)])
    wool = LineString([(EAST + 500, NORTH + 500), (EAST + 500, NORTH + 800)])
    saint = LineString([(EAST + 300, NORTH + 200), (EAST + 300, NORTH + 500)])
    streets = [
        StreetRow("Chapel Street", "main", chapel, 48300001, "Heol y Capel", "", "E05999001"),
        StreetRow("Wool Lane", "street", wool, 48300002, "", "", "E05999001"),
        StreetRow("St Anne’s Road", "lane", saint, 48300003, "", "", "E05999001"),
    ]
    return TownRows(boundaries(), streets, addresses(), assets(), places(), features(streets))


def boundaries() -> list[BoundaryRow]:
    """Two wards with an edge in common, their council, and the county around."""
    west, east = box(EAST, NORTH, EAST + 600, NORTH + 1000), box(EAST + 600, NORTH, EAST + 1000, NORTH + 1000)
    return [
        BoundaryRow("ward", "E05999001", "Castle", west, "Y Castell"),
        BoundaryRow("ward", "E05999002", "Forge", east),
        BoundaryRow("council", "E07999001", "Northmere", box(EAST, NORTH, EAST + 1000, NORTH + 1000)),
        BoundaryRow("neighbour", "E10999001", "Merrowshire", box(EAST - 5000, NORTH - 5000, EAST + 6000, NORTH + 6000)),
    ]


def addresses() -> list[AddressRow]:
    """Eight houses in Chapel Street, one in Wool Lane."""
    chapel = [
        AddressRow(
            str(number), "Chapel Street", "NM1 4PB", EAST + 120 + 30 * number, NORTH + 515, 999900000000 + number,
            48300001,
            "", "E05999001",
        )
        for number in range(1, 9)
    ]  # fmt: skip
    return [
        *chapel,
        AddressRow("3a", "Wool Lane", "NM1 4PD", EAST + 512, NORTH + 600, 999900000100, 48300002, "", "E05999001"),
    ]


def assets() -> list[AssetRow]:
    """Three street lights in Chapel Street, one at its corner, one bin."""
    lights = [
        AssetRow(
            "street_light",
            f"CS{n}",
            f"Light {n}, outside {n} Chapel Street",
            EAST + 120 + 30 * n,
            NORTH + 506,
            owner="county",
        )
        for n in (1, 2, 3)
    ]
    corner = AssetRow("street_light", "WL1", "Light 1, Wool Lane corner", EAST + 506, NORTH + 508, owner="county")
    bin_by_park = AssetRow("litter_bin", "LB1", "Bin by Castle Park", EAST + 250, NORTH + 300, owner="district")
    return [*lights, corner, bin_by_park]


def places() -> list[PlaceRow]:
    """A park and a market place."""
    return [
        PlaceRow("Castle Park", "park", EAST + 200, NORTH + 300, "Parc y Castell"),
        PlaceRow("Market Place", "market", EAST + 500, NORTH + 500),
    ]


def features(streets: list[StreetRow]) -> list[FeatureRow]:
    """The base map: the streets, a park, a river, four houses."""
    park = box(EAST + 100, NORTH + 200, EAST + 280, NORTH + 440)
    river = Polygon([(EAST, NORTH + 50), (EAST + 1000, NORTH + 80), (EAST + 1000, NORTH + 140), (EAST, NORTH + 110)])
    houses = [box(EAST + x, NORTH + 510, EAST + x + 9, NORTH + 520) for x in (150, 180, 210, 240)]
    return [
        FeatureRow("area", "builtup", box(EAST + 50, NORTH + 150, EAST + 950, NORTH + 850)),
        FeatureRow("area", "park", park, "Castle Park", "Parc y Castell"),
        FeatureRow("area", "water", river, "River Mere"),
        FeatureRow("line", "railway", LineString([(EAST, NORTH + 900), (EAST + 1000, NORTH + 950)])),
        *(FeatureRow("road", row.kind, row.geometry, row.name, row.name_cy, 8.0) for row in streets),
        *(FeatureRow("building", "house", house) for house in houses),
    ]


def load_hamlet(at: datetime) -> Load:
    """The hamlet in the database."""
    return actions.load_town(rows=hamlet(), origin="town", title="A hamlet", at=at)
