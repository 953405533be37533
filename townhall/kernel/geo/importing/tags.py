"""What OpenStreetMap's tags mean on our map."""

from collections.abc import Mapping

Tags = Mapping[str, str]

ROADS = {
    "motorway": "main", "trunk": "main", "primary": "main", "secondary": "main", "tertiary": "street",
    "residential": "street", "unclassified": "street", "living_street": "street", "road": "street", "service": "lane",
    "pedestrian": "lane", "footway": "path", "path": "path", "cycleway": "path", "bridleway": "path", "steps": "path",
    "track": "track", "byway": "track",
}  # fmt: skip
WIDTHS = {"main": 10.0, "street": 7.0, "lane": 4.5, "path": 2.0, "track": 3.0}
"""Metres, where the source does not say."""

AREAS = {
    ("natural", "water"): "water", ("waterway", "riverbank"): "water", ("landuse", "reservoir"): "water",
    ("natural", "wood"): "wood", ("landuse", "forest"): "wood", ("leisure", "park"): "park",
    ("leisure", "garden"): "park",
    ("leisure", "common"): "park", ("leisure", "recreation_ground"): "park", ("landuse", "recreation_ground"): "park",
    ("landuse", "village_green"): "park", ("landuse", "grass"): "park", ("leisure", "nature_reserve"): "park",
    ("leisure", "playground"): "playground", ("leisure", "pitch"): "playground", ("landuse", "cemetery"): "cemetery",
    ("amenity", "grave_yard"): "cemetery", ("landuse", "residential"): "builtup", ("landuse", "retail"): "builtup",
    ("landuse", "commercial"): "builtup", ("landuse", "industrial"): "industry", ("landuse", "railway"): "industry",
    ("landuse", "farmland"): "field", ("landuse", "meadow"): "field", ("amenity", "school"): "civic",
    ("amenity", "university"): "civic", ("amenity", "hospital"): "civic", ("amenity", "college"): "civic",
}  # fmt: skip
LINES = {
    ("waterway", "river"): "stream", ("waterway", "stream"): "stream", ("waterway", "canal"): "stream",
    ("railway", "rail"): "railway", ("railway", "tram"): "railway", ("railway", "light_rail"): "railway",
}  # fmt: skip
CIVIC = {"university", "college", "public", "civic", "government", "townhall", "library", "hospital", "museum"}
BUILDINGS = {
    "church": "church", "chapel": "church", "cathedral": "church", "mosque": "church", "temple": "church",
    "synagogue": "church",
    "school": "school", "train_station": "station", "industrial": "industry", "warehouse": "industry",
    "factory": "industry",
    "retail": "shop", "commercial": "shop", "supermarket": "shop",
}  # fmt: skip
ASSETS = {
    ("highway", "street_lamp"): "street_light", ("amenity", "waste_basket"): "litter_bin",
    ("highway", "bus_stop"): "bus_stop",
    ("amenity", "post_box"): "post_box", ("man_made", "manhole"): "gully", ("leisure", "playground"): "play_area",
}  # fmt: skip
LABELS = {
    "street_light": "Street light", "litter_bin": "Litter bin", "bus_stop": "Bus stop", "post_box": "Post box",
    "gully": "Drain", "play_area": "Play area",
}  # fmt: skip
PLACES = {"city": "town", "town": "town", "suburb": "suburb", "village": "village", "hamlet": "hamlet"}
PLACE_KEYS = ("amenity", "leisure", "tourism", "railway", "natural")


def first_of(tags: Tags, table: Mapping[tuple[str, str], str]) -> str:
    """What the table says of the first tag it knows; empty for none."""
    return next((kind for (key, value), kind in table.items() if tags.get(key) == value), "")


def building(tags: Tags) -> str:
    """The kind of a building; empty for what is none."""
    value = tags.get("building", "no")
    if value == "no":
        return ""
    use = tags.get("amenity", "")
    if value in CIVIC or use in CIVIC:
        return "civic"
    return (
        "church"
        if use == "place_of_worship"
        else "station"
        if tags.get("railway") == "station"
        else BUILDINGS.get(value, "house")
    )


def road(tags: Tags) -> str:
    """The kind of a way that people move along; empty for what is none, is private, or is under the ground."""
    if tags.get("area") == "yes" or tags.get("tunnel") == "yes" or tags.get("access") == "private":
        return ""
    value = tags.get("highway", "").removesuffix("_link")
    return ROADS.get(value, "")


def width(tags: Tags, kind: str) -> float:
    """Metres: as surveyed, else by lanes, else by kind."""
    for key, each in (("width", 1.0), ("lanes", 3.2)):
        try:
            if 1 <= (metres := float(tags.get(key, "").removesuffix("m").strip()) * each) <= 60:
                return round(metres, 1)
        except ValueError:
            continue
    return WIDTHS[kind]


def place(tags: Tags) -> str:
    """The kind of a named place people would search for; empty for what is none."""
    if settled := PLACES.get(tags.get("place", "")):
        return settled
    return next((tags[key] for key in PLACE_KEYS if key in tags), "") if tags.get("name") else ""
