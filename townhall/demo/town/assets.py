"""What stands in the streets: lights, bins, stops, gullies, post boxes, trees; each with a plate and a label."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .chance import Rng, stream
from .curves import along, lengths, normals
from .plan import Area, AssetKind, Points, Tier
from .roads import Road


@dataclass(frozen=True, slots=True)
class Kind:
    """How often it stands beside a street (metres between), how far from the kerb, and whose it is."""

    kind: AssetKind
    prefix: str
    word: str
    word_cy: str
    every: float
    aside: float
    authority: Tier
    kinds: frozenset[str]


EVERYWHERE = frozenset({"main", "street", "lane"})
KINDS: tuple[Kind, ...] = (
    Kind("street_light", "L", "Light", "Golau", 31.0, 0.9, "county", EVERYWHERE),
    Kind("gully", "G", "Drain", "Draen", 46.0, -0.3, "county", EVERYWHERE),
    Kind("litter_bin", "B", "Litter bin", "Bin sbwriel", 260.0, 1.5, "district", EVERYWHERE),
    Kind("bus_stop", "S", "Bus stop", "Safle bws", 330.0, 1.3, "county", frozenset({"main"})),
    Kind("post_box", "P", "Post box", "Blwch post", 900.0, 1.7, "district", EVERYWHERE),
    Kind("tree", "T", "Street tree", "Coeden", 85.0, 1.6, "district", frozenset({"main", "street"})),
)


@dataclass(frozen=True, slots=True)
class Item:
    """An asset in the town's own metres; `road` is its street's number, -1 in a park."""

    kind: AssetKind
    reference: str
    label: str
    label_cy: str
    x: float
    y: float
    road: int
    authority: Tier


def furnish(roads: list[Road], built: list[bool], doors: dict[int, tuple[Points, list[str]]], seed: int) -> list[Item]:
    """Street furniture of every road with houses; `doors` are each road's house positions and numbers."""
    rng = stream(seed, "assets")
    items: list[Item] = []
    counts: dict[str, int] = {}
    for number, road in enumerate(roads):
        if not built[number]:
            continue
        length = float(lengths(road.points)[-1])
        for kind in KINDS:
            if road.kind in kind.kinds:
                at = _positions(kind, length, rng)
                items.extend(_along(road, number, kind, at, doors=doors.get(number), counts=counts, rng=rng))
    return items


def playgrounds(areas: list[Area]) -> list[Item]:
    """A play area for each playground on the map."""
    found = []
    for number, area in enumerate(area for area in areas if area.kind == "playground"):
        middle = area.polygon.centroid
        park = area.name.removesuffix(" playground")
        label, label_cy = f"Play area, {park}", f"Man chwarae, {park}"
        found.append(Item("play_area", f"PA{number + 1:03d}", label, label_cy, middle.x, middle.y, -1, "district"))
    return found


def _positions(kind: Kind, length: float, rng: Rng) -> Points:
    start = rng.uniform(0.25, 0.75) * min(kind.every, length)
    if kind.every > length and rng.random() > length / kind.every:
        return np.array([])
    at = np.arange(start, max(length - 4, start + 1), kind.every)
    return np.clip(at + rng.normal(0, kind.every * 0.06, len(at)), 2, length - 2)


def _along(
    road: Road,
    number: int,
    kind: Kind,
    at: Points,
    *,
    doors: tuple[Points, list[str]] | None,
    counts: dict[str, int],
    rng: Rng,
) -> list[Item]:
    if not len(at):
        return []
    side = np.where((np.arange(len(at)) + int(rng.integers(0, 2))) % 2, 1.0, -1.0)
    places = along(road.points, at) + normals(road.points, at) * (side * (road.width_metres / 2 + kind.aside))[:, None]
    near = _nearest(doors, at * 1.0, side) if doors else None
    items = []
    for i, (x, y) in enumerate(places.tolist()):
        counts[kind.prefix] = counts.get(kind.prefix, 0) + 1
        where, where_cy = _where(road.name, doors, near, i)
        label, label_cy = f"{kind.word} {i + 1}, {where}", f"{kind.word_cy} {i + 1}, {where_cy}"
        reference = f"{kind.prefix}{counts[kind.prefix]:05d}"
        items.append(Item(kind.kind, reference, label, label_cy, x, y, number, kind.authority))
    return items


def _nearest(doors: tuple[Points, list[str]], at: Points, side: Points) -> npt.NDArray[np.int64]:
    """The house nearest to each asset, on its own side of the street where there is one."""
    positions = doors[0]
    apart = np.abs(positions[None, :, 0] - at[:, None]) + 40.0 * (positions[None, :, 1] != side[:, None])
    return np.argmin(apart, axis=1)


def _where(
    name: str, doors: tuple[Points, list[str]] | None, near: npt.NDArray[np.int64] | None, i: int
) -> tuple[str, str]:
    if doors is None or near is None:
        return name, name
    house = f"{doors[1][int(near[i])]} {name}"
    return f"outside {house}", f"y tu allan i {house}"
