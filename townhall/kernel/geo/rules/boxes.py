"""The box that a map shows, as it asks for pins."""

from townhall.kernel.geo.rules.points import LonLat, NotInBritain, to_bng


def bbox_from_text(text: str) -> tuple[float, float, float, float] | None:
    """(west, south, east, north) in metres from `west,south,east,north` in degrees; None where it is no such box."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
        corners = [to_bng(LonLat(lon, lat)) for lon in (west, east) for lat in (south, north)]
    except (ValueError, NotInBritain):
        return None
    eastings, northings = [corner.easting for corner in corners], [corner.northing for corner in corners]
    return min(eastings), min(northings), max(eastings), max(northings)
