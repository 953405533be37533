"""Places people search for by name, in the town's own metres."""

from .land import Land
from .plan import Place
from .roads import Road
from .sites import Site
from .terrain import Terrain


def known_places(terrain: Terrain, sites: list[Site], land: Land, roads: list[Road]) -> list[Place]:
    """Buildings with names, parks, woods, cemeteries, water, villages and the market."""
    x, y = terrain.bend.metre((-30, -44))
    found = [Place("Market Place", "square", x, y)]
    for site in sites:
        if site.name:
            middle = site.polygon.centroid
            found.append(Place(site.name, site.kind, middle.x, middle.y))
    for area in land.areas:
        if area.name and area.kind in {"park", "wood", "cemetery", "playground"}:
            spot = area.polygon.representative_point()
            found.append(Place(area.name, area.kind, spot.x, spot.y))
    mere = terrain.mere.representative_point()
    found.append(Place("The Mere", "water", mere.x, mere.y))
    bridge = terrain.bend.metre((44, 180))
    found.append(Place("Mere Bridge", "bridge", *bridge))
    localities = {road.locality: road for road in roads if road.locality}
    for name, road in sorted(localities.items()):
        found.append(Place(name, "village", *map(float, road.points[len(road.points) // 2])))
    seen: set[str] = set()
    return [place for place in found if not (place.name in seen or seen.add(place.name))]
