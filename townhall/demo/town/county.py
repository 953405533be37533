"""The county round the borough, and the other districts in it: outlines only."""

import numpy as np
from shapely import Polygon

from .chance import stream
from .curves import blob, polygon_parts
from .plan import District

NAMES = ("Fellside", "Thornbeck", "Saltholme", "Westerdale", "Eastmarch")
FIRST_CODE = 7_999_002


def neighbours(boundary: Polygon, seed: int) -> tuple[Polygon, tuple[District, ...]]:
    """The county's outline and its other districts, which fill what the borough leaves."""
    rng = stream(seed, "county")
    middle, reach = boundary.centroid, float(np.sqrt(boundary.area)) * 1.5
    centre = (middle.x + reach * 0.2, middle.y - reach * 0.1)
    county = blob(centre, (reach * 1.25, reach), rng, rough=0.14).union(boundary.buffer(reach * 0.12))
    county = Polygon(np.round(np.asarray(county.exterior.coords), 1))  # type: ignore[union-attr]
    rest = county.difference(boundary)
    angles = np.sort((np.arange(len(NAMES)) + rng.uniform(-0.25, 0.25, len(NAMES))) * 2 * np.pi / len(NAMES))
    districts = []
    for number, name in enumerate(NAMES):
        sweep = np.linspace(
            angles[number], angles[(number + 1) % len(NAMES)] + (2 * np.pi if number == len(NAMES) - 1 else 0), 24
        )
        arc = [(middle.x + reach * 4 * np.cos(a), middle.y + reach * 4 * np.sin(a)) for a in sweep]
        share = rest.intersection(Polygon([(middle.x, middle.y), *arc]))
        part = max(polygon_parts(share), key=lambda p: p.area)
        districts.append(District(f"E{FIRST_CODE + number:08d}", name, part))
    return county, tuple(districts)
