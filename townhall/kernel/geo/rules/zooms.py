"""From which zoom each kind of shape is drawn. Zooms are those of 512 pixel tiles, as MapLibre counts."""

FIRST_ZOOM, LAST_ZOOM = 8, 16
"""Tiles are made between these; closer in, the browser enlarges the last one."""

MIN_ZOOM: dict[tuple[str, str], int] = {
    ("area", "builtup"): 8, ("area", "water"): 8, ("area", "wood"): 9, ("area", "park"): 10, ("area", "industry"): 11,
    ("area", "cemetery"): 12, ("area", "civic"): 13, ("area", "field"): 12, ("area", "playground"): 14,
    ("line", "railway"): 9, ("line", "stream"): 12, ("line", "footpath"): 14, ("line", "river"): 12,
    ("road", "main"): 8, ("road", "street"): 12, ("road", "lane"): 12, ("road", "path"): 14, ("road", "track"): 13,
    ("building", "civic"): 13, ("building", "church"): 13, ("building", "station"): 13, ("building", "school"): 13,
    ("tree", "tree"): 15, ("ward", "line"): 10, ("ward", "council"): 8,
    ("label", "ward"): 12, ("label", "town"): 8, ("label", "village"): 11,
    ("label", "site"): 16, ("label", "park"): 14, ("label", "wood"): 14,
    ("label", "water"): 13, ("label", "cemetery"): 15, ("label", "playground"): 16,
}  # fmt: skip
USUAL = {"area": 12, "line": 13, "road": 13, "building": 14, "tree": 15, "ward": 10, "label": 14}


def min_zoom(layer: str, kind: str) -> int:
    """The first zoom at which shapes of this kind are drawn."""
    return MIN_ZOOM.get((layer, kind), USUAL.get(layer, 14))
