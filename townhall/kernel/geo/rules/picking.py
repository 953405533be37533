"""Picking a place on the still picture, where a browser runs no script: it sends where the picture was pressed."""

from collections.abc import Mapping

from townhall.kernel.geo.rules.points import LonLat, NotInBritain, Point, to_bng


def picked(sent: Mapping[str, str], name: str = "where") -> Point | None:
    """The point that a map with picker `name` sent: the pressed pixel, else the script's position; None for neither.

    `<name>_lon` and `<name>_lat` come from the script; `<name>.x` and `<name>.y` from the picture, whose middle and
    scale are in `<name>_view` as `easting,northing,width,height,metres per pixel`.
    """
    try:
        if f"{name}.x" in sent:
            return _pressed(sent, name)
        if sent.get(f"{name}_lon"):
            return to_bng(LonLat(float(sent[f"{name}_lon"]), float(sent[f"{name}_lat"])))
    except (KeyError, ValueError, NotInBritain):
        return None
    return None


def _pressed(sent: Mapping[str, str], name: str) -> Point:
    easting, northing, width, height, scale = (float(part) for part in sent[f"{name}_view"].split(","))
    across, down = float(sent[f"{name}.x"]), float(sent[f"{name}.y"])
    if not (0 <= easting < 700_000 and 0 <= northing < 1_300_000 and 0 < scale <= 100):
        raise NotInBritain(f"{easting}, {northing}")
    across, down = min(max(across, 0.0), width), min(max(down, 0.0), height)
    return Point(round(easting + (across - width / 2) * scale, 2), round(northing - (down - height / 2) * scale, 2))
