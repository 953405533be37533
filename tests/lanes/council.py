"""A council that other systems report to: a boundary, a street, categories and keys of every sort."""
from shapely import Point as Dot

from townhall.kernel.cases.tests import factories as town
from townhall.kernel.geo import actions as geo
from townhall.kernel.geo.rules import BoundaryRow, LonLat, StreetRow, TownRows, to_bng
from townhall.residents.open311.models import ApiKey
from townhall.residents.open311.tests.factories import PLACE, key
from townhall.residents.reports.models import Category
from townhall.residents.reports.tests import factories as reports

SECRET = "a-secret-of-the-tests"
WALL = {"service_code": "graffiti", "description": "Tags all over the wall", "attribute[offensive]": "no",
        "attribute[surface]": "wall"}  # fmt: skip
USUAL = PLACE | WALL | {"api_key": SECRET}


def council() -> None:
    """Northmere with a boundary, keys of every sort and categories of every sort."""
    town.council()
    reports.categories()
    Category.objects.filter(code="pothole").update(owner_gss=town.COUNTY)
    for code, fields in (("stops", {"stops": True}), ("named", {"is_anonymous_allowed": False})):
        Category.objects.create(code=code, name=code, group="Tests", **fields)
    key(name="Reporter app", secret=SECRET)
    key(name="Reads", secret="reads", scopes=("read",))
    ended, _secret = key(name="Ended", secret="ended")
    ApiKey.objects.filter(pk=ended.pk).update(ended_at=town.NOON)
    key(name="County", secret="county", authority_gss=town.COUNTY)
    key(name="Bound", secret="bound", jurisdiction="elsewhere.example")
    key(name="Slow", secret="slow", per_minute=2)
    _ground()


def _ground() -> None:
    here = to_bng(LonLat(float(PLACE["long"]), float(PLACE["lat"])))
    area = Dot(here.easting, here.northing).buffer(3_000)
    line = Dot(here.easting, here.northing).buffer(30).exterior
    rows = TownRows(
        [BoundaryRow("ward", "E05999001", "Castle", area), BoundaryRow("council", town.OURS, "Northmere", area)],
        [StreetRow("Chapel Street", "main", line, 48300001, "Heol y Capel", "", "E05999001")], None, None, None, None,
    )
    geo.load_town(rows=rows, origin="town", title="A place", at=town.NOON)


