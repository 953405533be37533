"""The street plan of a town of the right size: laid out, measured, and laid out again if too large or small."""

from dataclasses import dataclass

import numpy as np
from shapely import LineString

from .chance import stream
from .curves import lengths
from .names import Namer
from .network import reachable
from .plan import Size
from .roads import Road, Village, country_lanes, old_roads, villages, ways_out
from .sectors import Quarter, settle, settle_village
from .terrain import Terrain, lay_out

# Houses that come to stand on a metre of street of each age, both sides; main roads inside the town's edge.
# Counted over eight towns; it varies by about 4 %.
HOUSES_PER_METRE = {"core": 0.148, "terrace": 0.263, "semi": 0.157, "modern": 0.104, "village": 0.103, "": 0.19}


@dataclass(frozen=True, slots=True)
class Layout:
    """Streets and the land between them; a ward may end at the `borders`."""

    terrain: Terrain
    roads: list[Road]
    borders: list[Road]
    quarters: list[Quarter]
    villages: list[Village]


def fitted(seed: int, size: Size) -> Layout:
    """A plan with room for a little under the addresses the size asks for; flats make up the rest."""
    stretch = 1.0
    layout = _laid_out(seed, size, stretch)
    for _ in range(6 if size != "village" else 0):
        share = _houses(layout) / layout.terrain.scale.addresses
        if 0.92 <= share <= 1.03:
            break
        stretch *= float(np.clip(np.sqrt(0.965 / share), 0.8, 1.25))
        layout = _laid_out(seed, size, stretch)
    return layout


def _houses(layout: Layout) -> float:
    """About how many houses the streets will hold."""
    edge, total = layout.terrain.edge, 0.0
    for road in layout.roads:
        length = LineString(road.points).intersection(edge).length if not road.style else lengths(road.points)[-1]
        total += float(length) * HOUSES_PER_METRE.get(road.style, 0.0)
    return total


def _laid_out(seed: int, size: Size, stretch: float) -> Layout:
    terrain = lay_out(seed, size, stretch=stretch)
    old, ways = old_roads(terrain), ways_out(terrain, seed)
    places = villages(terrain, ways, seed)
    lanes = country_lanes(terrain, places, seed)
    namer = Namer(stream(seed, "names"))
    first = [*old, *ways, *lanes]
    namer.reserve({road.name for road in first})
    grounds = settle(terrain, [*old, *ways], seed, namer)
    roads, quarters = [*first, *grounds.roads], list(grounds.quarters)
    for village in places:
        theirs = settle_village(village, terrain, [*ways, *lanes], seed)
        roads += theirs.roads
        quarters += theirs.quarters
    borders = [road for road in old if road.kind == "main"] + ways + lanes + grounds.collectors
    return Layout(terrain, _joined(reachable(roads)), borders, quarters, places)


def _joined(roads: list[Road]) -> list[Road]:
    """A road that goes on under its own name is one street."""
    found: dict[tuple[str, str], Road] = {}
    done: list[Road] = []
    for road in roads:
        before = found.get((road.name, road.locality))
        if before is not None and np.allclose(before.points[-1], road.points[0], atol=1.0):
            before.points = np.vstack((before.points, road.points[1:]))
            continue
        found.setdefault((road.name, road.locality), road)
        done.append(road)
    return done
