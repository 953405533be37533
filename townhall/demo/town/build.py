"""Builds a whole town from a seed. The parts work in metres from the market cross; here they are put on the grid."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely import Polygon
from shapely.geometry.base import BaseGeometry

from .assets import Item, furnish, playgrounds
from .chance import stream
from .county import neighbours
from .curves import lengths, polygon_parts
from .frontages import OPEN_STYLES, Ground, Lots, lots
from .gazetteer import Homes, number_homes
from .houses import standing
from .land import Land, open_land
from .layout import fitted
from .places import known_places
from .plan import Address, Area, Asset, Building, Line, Place, Points, Size, Street, Town, Ward
from .roads import Road
from .sectors import Quarter
from .sites import Site, known_sites
from .terrain import Terrain
from .wards import Shape, draw_wards, ward_codes

Progress = Callable[[str, float], None]
NAME, COUNTY = "Northmere", "Merrowshire"
# Codes of the right form in ranges that the Office for National Statistics has not used.
DISTRICT_CODE, COUNTY_CODE = "E07999001", "E10999001"
WARD_CODE, FIRST_USRN, FIRST_UPRN = 5_999_001, 48_300_100, 999_900_000_001
KEPT_USRN = {"Hope Street": 48_300_142}
ORIGIN = (360_000.0, 500_000.0)


@dataclass(slots=True)
class Draft:
    """A town in its own metres, before it is put on the grid."""

    terrain: Terrain
    roads: list[Road]
    quarters: list[Quarter]
    land: Land
    sites: list[Site]
    lots: Lots
    homes: Homes
    wards: list[Shape]
    items: list[Item]


def build_town(*, seed: int, size: Size, progress: Progress | None = None) -> Town:
    """The same town, to the byte, for the same seed and size."""
    tell = progress or (lambda _what, _share: None)
    draft = _draft(seed, size, tell)
    tell("addresses", 0.8)
    town = _on_the_grid(draft, seed, size)
    tell("done", 1.0)
    return town


def _draft(seed: int, size: Size, tell: Progress) -> Draft:
    tell("ground", 0.0)
    layout = fitted(seed, size)
    terrain, roads, quarters, places = layout.terrain, layout.roads, layout.quarters, layout.villages
    tell("streets", 0.2)
    sites = known_sites(terrain, roads, quarters, places, seed)
    land = open_land(terrain, roads, quarters, seed)
    tell("houses", 0.4)
    found = lots(roads, Ground(quarters, terrain.edge), stream(seed, "lots"))
    found = standing(found, roads, _obstacles(terrain, quarters, sites, land))
    homes = number_homes(found, roads, terrain.scale.addresses, stream(seed, "homes"))
    tell("wards", 0.7)
    wards = draw_wards(terrain, layout.borders, found.quads.mean(axis=1)[homes.lot], size)
    return Draft(terrain, roads, quarters, land, sites, found, homes, wards, _items(roads, found, homes, land, seed))


def _obstacles(terrain: Terrain, quarters: list[Quarter], sites: list[Site], land: Land) -> list[BaseGeometry]:
    shut = OPEN_STYLES - {"industry"}
    found: list[BaseGeometry] = [terrain.water.buffer(6), terrain.track.buffer(4), terrain.park.buffer(2)]
    found += [quarter.land for quarter in quarters if quarter.style in shut]
    found += [area.polygon for area in land.areas if area.kind == "wood"]
    return found + [site.polygon.buffer(5 if site.name else 2) for site in sites]


def _items(roads: list[Road], found: Lots, homes: Homes, land: Land, seed: int) -> list[Item]:
    doors: dict[int, tuple[Points, list[str]]] = {}
    lot, numbers = homes.lot, homes.number
    starts = np.searchsorted(found.road[lot], np.arange(len(roads) + 1))
    for road in range(len(roads)):
        rows = lot[starts[road] : starts[road + 1]]
        if len(rows):
            names = [n.split(", ")[-1] for n in numbers[starts[road] : starts[road + 1]]]
            doors[road] = (np.column_stack((found.at[rows], found.side[rows].astype(float))), names)
    built = [road in doors and len(doors[road][1]) * 60 > lengths(roads[road].points)[-1] for road in range(len(roads))]
    return furnish(roads, built, doors, seed) + playgrounds(land.areas)


class Grid:
    """Turns the town a little and sets it down on the British National Grid, to the centimetre."""

    def __init__(self, seed: int) -> None:
        turn = float(stream(seed, "turn").uniform(-0.22, 0.22))
        c, s = np.cos(turn), np.sin(turn)
        self.matrix = np.array(((c, s), (-s, c)))

    def points(self, points: Points) -> Points:
        return np.round(points @ self.matrix + ORIGIN, 2)

    def polygon(self, polygon: Polygon) -> Polygon:
        return shapely.transform(polygon, self.points)


def _on_the_grid(draft: Draft, seed: int, size: Size) -> Town:
    grid = Grid(seed)
    wards = tuple(
        Ward(f"E{WARD_CODE + n:08d}", shape.name, shape.name_cy, grid.polygon(shape.polygon))
        for n, shape in enumerate(draft.wards)
    )
    streets = _grid_streets(draft, grid, wards)
    addresses = _addresses(draft, grid, wards, streets)
    boundary = polygon_parts(shapely.coverage_union_all([ward.polygon for ward in wards]))[0]
    county, districts = neighbours(boundary, seed)
    return Town(
        seed=seed, size=size, name=NAME, code=DISTRICT_CODE, county=COUNTY, county_code=COUNTY_CODE, origin=ORIGIN,
        boundary=boundary, county_boundary=county, districts=districts, wards=wards, streets=streets,
        buildings=_buildings(draft, grid, addresses),
        areas=tuple(Area(a.kind, a.name, grid.polygon(a.polygon)) for a in draft.land.areas),
        lines=tuple(Line(line.kind, grid.points(line.points), line.name) for line in draft.land.lines),
        addresses=addresses, assets=_assets(draft, grid, streets), places=_places(draft, grid),
    )  # fmt: skip


def _grid_streets(draft: Draft, grid: Grid, wards: tuple[Ward, ...]) -> tuple[Street, ...]:
    lines = [grid.points(road.points) for road in draft.roads]
    middles = np.array([line[len(line) // 2] for line in lines])
    kept = set(KEPT_USRN.values())
    usrns = [n for n in range(FIRST_USRN, FIRST_USRN + len(lines) + len(kept)) if n not in kept]
    return tuple(
        Street(
            KEPT_USRN.get(road.name, usrn), road.name, road.kind, line, road.width_metres, ward, road.locality or NAME
        )
        for road, line, usrn, ward in zip(draft.roads, lines, usrns, ward_codes(middles, wards), strict=False)
    )


def _addresses(draft: Draft, grid: Grid, wards: tuple[Ward, ...], streets: tuple[Street, ...]) -> tuple[Address, ...]:
    lot, homes = draft.homes.lot, draft.homes
    places = grid.points(draft.lots.quads.mean(axis=1)[lot])
    codes = ward_codes(places, wards)
    road: npt.NDArray[np.int64] = draft.lots.road[lot]
    rows = zip(road.tolist(), homes.number, homes.postcode, codes, places.tolist(), strict=True)
    return tuple(
        Address(FIRST_UPRN + n, streets[r].usrn, number, streets[r].name, streets[r].locality, postcode, ward, x, y)
        for n, (r, number, postcode, ward, (x, y)) in enumerate(rows)
    )


def _buildings(draft: Draft, grid: Grid, addresses: tuple[Address, ...]) -> tuple[Building, ...]:
    """Known buildings, then houses with the UPRN of the first address in each."""
    first: dict[int, int] = {}
    for row, lot in enumerate(draft.homes.lot.tolist()):
        first.setdefault(lot, row)
    flat = grid.points(draft.lots.quads.reshape(-1, 2)).reshape(-1, 4, 2)
    shapes = [Polygon(corners) for corners in flat]
    shop = draft.homes.shop
    found = [Building(grid.polygon(site.polygon), site.kind, None) for site in draft.sites]
    for lot, shape in enumerate(shapes):
        row = first[lot]
        found.append(Building(shape, "shop" if shop[row] else "house", addresses[row].uprn))
    return tuple(found)


def _assets(draft: Draft, grid: Grid, streets: tuple[Street, ...]) -> tuple[Asset, ...]:
    places = grid.points(np.array([(item.x, item.y) for item in draft.items])).tolist()
    return tuple(
        Asset(
            i.kind, i.reference, i.label, i.label_cy, x, y, streets[i.road].usrn if i.road >= 0 else None, i.authority
        )
        for i, (x, y) in zip(draft.items, places, strict=True)
    )


def _places(draft: Draft, grid: Grid) -> tuple[Place, ...]:
    found = known_places(draft.terrain, draft.sites, draft.land, draft.roads)
    spots = grid.points(np.array([(p.easting, p.northing) for p in found])).tolist()
    return tuple(Place(place.name, place.kind, x, y) for place, (x, y) in zip(found, spots, strict=True))
