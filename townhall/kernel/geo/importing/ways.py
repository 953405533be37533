"""OpenStreetMap cuts a street wherever anything about it changes; here its pieces become one street again."""

from collections import Counter, defaultdict
from typing import Any

import shapely

from townhall.kernel.geo.importing import tags as meaning
from townhall.kernel.geo.rules.rows import StreetRow

SAME_STREET_METRES = 150.0
"""Pieces of one name nearer than this are one street; two villages' Church Lanes are two."""


def joined(pieces: list[tuple[str, dict[str, str], Any]]) -> list[StreetRow]:
    """One row per street, of (name, tags, line in metres) pieces. Its kind is the one most of its length has."""
    named: defaultdict[str, list[tuple[dict[str, str], Any]]] = defaultdict(list)
    for name, tags, line in pieces:
        named[name].append((tags, line))
    seen: set[int] = set()
    return [_street(name, group, seen) for name, all_of_it in named.items() for group in _apart(all_of_it)]


def _apart(pieces: list[tuple[dict[str, str], Any]]) -> list[list[tuple[dict[str, str], Any]]]:
    """The pieces in groups that lie together."""
    reach = shapely.buffer([line for _, line in pieces], SAME_STREET_METRES / 2, quad_segs=4)
    blobs = shapely.get_parts(shapely.union_all(reach))
    _, which = shapely.STRtree(blobs).query([shapely.Point(line.coords[0]) for _, line in pieces], "intersects")
    groups: defaultdict[int, list[tuple[dict[str, str], Any]]] = defaultdict(list)
    for at, piece in zip(which, pieces, strict=True):
        groups[int(at)].append(piece)
    return list(groups.values())


def _street(name: str, pieces: list[tuple[dict[str, str], Any]], seen: set[int]) -> StreetRow:
    lengths: Counter[str] = Counter()
    for tags, line in pieces:
        lengths[meaning.road(tags)] += line.length
    line = shapely.line_merge(shapely.union_all([line for _, line in pieces]))
    numbers = [int(tags["ref:GB:usrn"]) for tags, _ in pieces if tags.get("ref:GB:usrn", "").isdecimal()]
    usrn = next((number for number in numbers if number not in seen and number < 10**12), None)
    if usrn:
        seen.add(usrn)
    welsh = next((tags["name:cy"] for tags, _ in pieces if "name:cy" in tags), "")
    return StreetRow(name, lengths.most_common(1)[0][0], line, usrn, welsh)
