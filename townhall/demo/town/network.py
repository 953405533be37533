"""Which streets can be reached from the market cross."""

import numpy as np
from shapely import LineString, STRtree

from .roads import Road

TOUCH_METRES = 0.6


def reachable(roads: list[Road]) -> list[Road]:
    """The roads joined, however far round, to the first one; the rest are left out."""
    lines = [LineString(road.points) for road in roads]
    first, second = STRtree(lines).query(lines, predicate="dwithin", distance=TOUCH_METRES)
    order = np.argsort(first, kind="stable")
    starts = np.searchsorted(first[order], np.arange(len(roads) + 1))
    neighbours = second[order]
    seen, waiting = {0}, [0]
    while waiting:
        here = waiting.pop()
        for there in neighbours[starts[here] : starts[here + 1]].tolist():
            if there not in seen:
                seen.add(there)
                waiting.append(there)
    return [road for number, road in enumerate(roads) if number in seen]
