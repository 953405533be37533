"""Where troubles are: before a house, behind it, at a lamp, at a named place; and the corners that see most."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely

from .chance import Rng
from .demand import CATEGORIES, Category
from .plan import Asset, Points, Town


@dataclass(frozen=True, slots=True)
class Pool:
    """Places of one sort, one row each: position, street, house number and how people would say it."""

    points: Points
    usrn: list[int]
    street: list[str]
    number: list[str]
    label: list[str]
    reference: list[str]
    home: bool = False


def pools(town: Town) -> list[Pool]:
    """The pool of each category, in their order; equal sorts share one."""
    streets = {street.usrn: street.name for street in town.streets}
    made: dict[tuple[str, str | None], Pool] = {}
    for category in CATEGORIES:
        key = (category.spot, category.asset)
        if key not in made:
            made[key] = _pool(town, category, streets)
    return [made[category.spot, category.asset] for category in CATEGORIES]


def choose(pool: Pool, category: Category, count: int, rng: Rng) -> np.ndarray:
    """Rows of the pool for `count` requests; a share of them at a few corners that are always in trouble."""
    rows = rng.integers(0, len(pool.usrn), count)
    corners = rng.integers(0, len(pool.usrn), max(4, len(pool.usrn) // 600))
    ranked = np.minimum((rng.random(count) ** 2.2 * len(corners)).astype(int), len(corners) - 1)
    return np.where(rng.random(count) < category.clustered, corners[ranked], rows)


def _pool(town: Town, category: Category, streets: dict[int, str]) -> Pool:
    if category.spot == "asset":
        assets = [a for a in town.assets if a.kind == category.asset] or [a for a in town.assets if a.kind == "tree"]
        return _assets(town, assets, streets, str)
    if category.spot == "street":
        return _assets(town, [a for a in town.assets if a.kind in {"street_light", "gully"}], streets, _outside)
    if category.spot == "place":
        return _named(town)
    return _homes(town, behind=category.spot == "lane")


def _assets(town: Town, assets: list[Asset], streets: dict[int, str], say: Callable[[str], str]) -> Pool:
    assets = [asset for asset, inside in zip(assets, _inside(town, assets), strict=True) if inside]
    labels = [say(a.label) for a in assets]
    names = [streets.get(a.usrn or 0) or a.label.split(", ")[-1] for a in assets]
    numbers = [_number(a.label) for a in assets]
    points = np.array([(a.easting, a.northing) for a in assets])
    return Pool(points, [a.usrn or 0 for a in assets], names, numbers, labels, [a.reference for a in assets])


def _inside(town: Town, assets: list[Asset]) -> list[bool]:
    """Which stand within the borough: a light by its last road may stand in the next."""
    places = np.array([(a.easting, a.northing) for a in assets])
    shapely.prepare(town.boundary)
    return shapely.contains_xy(town.boundary, places[:, 0], places[:, 1]).tolist()


def _outside(label: str) -> str:
    where = label.split(", ", 1)[-1]
    return where[0].upper() + where[1:]


def _number(label: str) -> str:
    words = label.split("outside ")
    return words[1].split(" ")[0] if len(words) > 1 else "1"


def _named(town: Town) -> Pool:
    found = [p for p in town.places if p.kind in {"square", "park", "station"}]
    nearest = shapely.STRtree([shapely.LineString(s.points) for s in town.streets])
    rows = nearest.nearest(shapely.points([(p.easting, p.northing) for p in found]))
    streets = [town.streets[int(row)] for row in rows]
    points = np.array([(p.easting, p.northing) for p in found])
    names = [p.name for p in found]
    return Pool(points, [s.usrn for s in streets], names, ["1"] * len(found), names, [""] * len(found))


def _homes(town: Town, *, behind: bool) -> Pool:
    """Every address; or the ground twelve metres behind it, as one looks from the street."""
    homes = town.addresses
    points = np.array([(a.easting, a.northing) for a in homes])
    labels = [f"{a.number} {a.street}" for a in homes]
    if behind:
        lines = {street.usrn: shapely.LineString(street.points) for street in town.streets}
        way = shapely.get_coordinates(shapely.shortest_line(shapely.points(points), [lines[a.usrn] for a in homes]))
        step = points - way.reshape(-1, 2, 2)[:, 1]
        points = points + step / np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-6)[:, None] * 11.0
        labels = [f"Back lane behind {a.street}" for a in homes]
    numbers = [a.number.split(", ")[-1] for a in homes]
    return Pool(
        points, [a.usrn for a in homes], [a.street for a in homes], numbers, labels, [""] * len(homes), home=True
    )
