"""The drawn town as rows for the gazetteer and the base map."""

from collections.abc import Iterator
from datetime import datetime

from shapely import LineString, Point

from townhall.demo.town.plan import Town
from townhall.kernel.geo import actions as geo
from townhall.kernel.geo import rules as rows


def load_ground(town: Town, *, as_county: bool, at: datetime) -> None:
    """Load streets, addresses, assets, places, boundaries and base map. The county's boundary is the county."""
    geo.load_town(rows=town_rows(town, as_county=as_county), origin="demo", title=f"Drawn from seed {town.seed}", at=at)


def town_rows(town: Town, *, as_county: bool) -> rows.TownRows:
    """The town as `load_town` takes it."""
    return rows.TownRows(
        boundaries=list(_boundaries(town, as_county)),
        streets=[
            rows.StreetRow(
                name=street.name,
                kind=street.kind,
                geometry=LineString(street.points),
                usrn=street.usrn,
                locality=street.locality,
                ward_code=street.ward_code,
            )
            for street in town.streets
        ],
        addresses=[
            rows.AddressRow(
                number=home.number,
                street=home.street,
                postcode=home.postcode,
                easting=home.easting,
                northing=home.northing,
                uprn=home.uprn,
                usrn=home.usrn,
                locality=home.locality,
                ward_code=home.ward_code,
            )
            for home in town.addresses
        ],
        assets=[
            rows.AssetRow(
                kind=asset.kind,
                reference=asset.reference,
                label=asset.label,
                easting=asset.easting,
                northing=asset.northing,
                label_cy=asset.label_cy,
                usrn=asset.usrn,
                owner=asset.authority,
            )
            for asset in town.assets
        ],
        places=[rows.PlaceRow(place.name, place.kind, place.easting, place.northing) for place in town.places],
        features=list(_features(town)),
    )


def _boundaries(town: Town, as_county: bool) -> Iterator[rows.BoundaryRow]:
    if as_county:
        yield rows.BoundaryRow("council", town.county_code, town.county, town.county_boundary)
        yield rows.BoundaryRow("neighbour", town.code, town.name, town.boundary)
    else:
        yield rows.BoundaryRow("council", town.code, town.name, town.boundary)
        yield rows.BoundaryRow("neighbour", town.county_code, town.county, town.county_boundary)
    for district in town.districts:
        yield rows.BoundaryRow("neighbour", district.code, district.name, district.polygon)
    for ward in town.wards:
        yield rows.BoundaryRow("ward", ward.code, ward.name, ward.polygon, ward.name_cy)


def _features(town: Town) -> Iterator[rows.FeatureRow]:
    for area in town.areas:
        yield rows.FeatureRow("area", area.kind, area.polygon, area.name)
    for line in town.lines:
        yield rows.FeatureRow("line", line.kind, LineString(line.points), line.name)
    for street in town.streets:
        yield rows.FeatureRow("road", street.kind, LineString(street.points), street.name, "", street.width_metres)
    for building in town.buildings:
        yield rows.FeatureRow("building", building.kind, building.polygon)
    for asset in town.assets:
        if asset.kind == "tree":
            yield rows.FeatureRow("tree", "tree", Point(asset.easting, asset.northing))
