"""An OpenStreetMap extract (.osm.pbf) as the rows of a town."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import osmium
import shapely
from osmium.geom import WKBFactory
from osmium.osm import Area, Node, Way

from townhall.kernel.geo.importing import tags as meaning
from townhall.kernel.geo.importing.boundaries import Unreadable
from townhall.kernel.geo.importing.ways import joined
from townhall.kernel.geo.rules.bulk import to_grid
from townhall.kernel.geo.rules.points import NotInBritain
from townhall.kernel.geo.rules.rows import AddressRow, AssetRow, FeatureRow, PlaceRow, StreetRow, TownRows
from townhall.kernel.geo.rules.typed import tidy_postcode

CREDIT = "© OpenStreetMap contributors"
Tags = dict[str, str]


@dataclass
class Gathered:
    """What was read so far: tags with WKB in degrees."""

    nodes: list[tuple[int, Tags, bytes]] = field(default_factory=list)
    ways: list[tuple[Tags, bytes]] = field(default_factory=list)
    areas: list[tuple[int, Tags, bytes]] = field(default_factory=list)
    left_out: int = 0


def read(path: Path, *, tell: Callable[[int], None] = lambda _count: None) -> TownRows:
    """The streets, buildings, grounds, waters, places, addresses and things of an extract. `tell` hears how far.

    Raises Unreadable for a file that is no extract, or one of another country.
    """
    gathered = Gathered()
    if not path.is_file():
        raise Unreadable(f"{path.name} cannot be opened: there is no such file")
    try:
        for count, thing in enumerate(osmium.FileProcessor(str(path)).with_locations().with_areas(), 1):
            _gather(thing, gathered)
            if count % 5000 == 0:
                tell(count)
    except (RuntimeError, osmium.InvalidLocationError) as error:
        raise Unreadable(f"{path.name} is not an OpenStreetMap extract (.osm.pbf or .osm): {error}") from error
    if not (gathered.ways or gathered.areas or gathered.nodes):
        raise Unreadable(f"{path.name} holds nothing that goes on a map")
    return _rows(gathered, path)


def _gather(thing: Any, gathered: Gathered) -> None:
    if not thing.tags:
        return
    tags, factory = {tag.k: tag.v for tag in thing.tags}, WKBFactory()
    try:
        if isinstance(thing, Node):
            gathered.nodes.append((thing.id, tags, bytes.fromhex(factory.create_point(thing.location))))
        elif isinstance(thing, Area):
            gathered.areas.append((thing.id, tags, bytes.fromhex(factory.create_multipolygon(thing))))
        elif isinstance(thing, Way) and (meaning.road(tags) or meaning.first_of(tags, meaning.LINES)):
            gathered.ways.append((tags, bytes.fromhex(factory.create_linestring(thing))))
    except (RuntimeError, osmium.InvalidLocationError):
        gathered.left_out += 1


def _rows(gathered: Gathered, path: Path) -> TownRows:
    try:
        nodes, ways, areas = (_on_grid(found) for found in (gathered.nodes, gathered.ways, gathered.areas))
    except NotInBritain as error:
        raise Unreadable(f"{path.name}: {error}") from error
    points = [(key, tags, point) for (key, tags, _), point in zip(gathered.nodes, nodes, strict=True)]
    grounds = [(key, tags, area) for (key, tags, _), area in zip(gathered.areas, areas, strict=True)]
    lines = [(tags, line) for (tags, _), line in zip(gathered.ways, ways, strict=True)]
    middles = [(-key, tags, shapely.point_on_surface(area)) for key, tags, area in grounds]
    streets = joined([(tags["name"], tags, line) for tags, line in lines if "name" in tags and meaning.road(tags)])
    return TownRows(
        streets=streets,
        addresses=_addresses(points + middles),
        assets=_assets(points + middles),
        places=_places(points + middles),
        features=[*_roads(lines, streets), *_lines(lines), *_grounds(grounds), *_trees(points)],
    )


def _on_grid(found: list[Any]) -> Any:
    return to_grid(shapely.from_wkb([row[-1] for row in found])) if found else []


def _roads(lines: list[tuple[Tags, Any]], streets: list[StreetRow]) -> list[FeatureRow]:
    """Named streets whole, so that their names have room; ways without a name as they are."""
    named = [
        FeatureRow("road", row.kind, row.geometry, row.name, row.name_cy, meaning.WIDTHS[row.kind]) for row in streets
    ]
    plain = [(meaning.road(tags), tags, line) for tags, line in lines if "name" not in tags]
    return named + [
        FeatureRow("road", kind, line, width_metres=meaning.width(tags, kind)) for kind, tags, line in plain if kind
    ]


def _lines(lines: list[tuple[Tags, Any]]) -> list[FeatureRow]:
    kinds = [(meaning.first_of(tags, meaning.LINES), tags, line) for tags, line in lines]
    return [
        FeatureRow("line", kind, line, tags.get("name", ""), tags.get("name:cy", ""))
        for kind, tags, line in kinds
        if kind
    ]


def _grounds(grounds: list[tuple[int, Tags, Any]]) -> list[FeatureRow]:
    rows = []
    for _, tags, area in grounds:
        if kind := meaning.building(tags):
            rows.append(FeatureRow("building", kind, area))
        elif kind := meaning.first_of(tags, meaning.AREAS):
            rows.append(FeatureRow("area", kind, area, tags.get("name", ""), tags.get("name:cy", "")))
    return rows


def _trees(points: list[tuple[int, Tags, Any]]) -> list[FeatureRow]:
    return [FeatureRow("tree", "tree", point) for _, tags, point in points if tags.get("natural") == "tree"]


def _addresses(points: list[tuple[int, Tags, Any]]) -> list[AddressRow]:
    """Addresses with a number or name and a street; of two with one UPRN the first."""
    rows: dict[Any, AddressRow] = {}
    for key, tags, point in points:
        number = tags.get("addr:housenumber") or tags.get("addr:housename", "")
        street = tags.get("addr:street", "")
        if not (number and street):
            continue
        uprn, usrn = _whole(tags.get("ref:GB:uprn", "")), _whole(tags.get("ref:GB:usrn", ""))
        postcode, locality = (
            tidy_postcode(tags.get("addr:postcode", "")),
            tags.get("addr:suburb", tags.get("addr:city", "")),
        )
        rows.setdefault(
            uprn or ("osm", key), AddressRow(number, street, postcode, point.x, point.y, uprn, usrn, locality)
        )
    return list(rows.values())


def _assets(points: list[tuple[int, Tags, Any]]) -> list[AssetRow]:
    rows: dict[tuple[str, str], AssetRow] = {}
    for key, tags, point in points:
        if kind := meaning.first_of(tags, meaning.ASSETS):
            reference = tags.get("ref") or tags.get("naptan:AtcoCode") or f"OSM-{abs(key)}{'a' if key < 0 else ''}"
            label = f"{meaning.LABELS[kind]} {tags.get('name') or reference}"
            rows.setdefault((kind, reference), AssetRow(kind, reference, label, point.x, point.y))
    return list(rows.values())


def _places(points: list[tuple[int, Tags, Any]]) -> list[PlaceRow]:
    rows: dict[tuple[str, str], PlaceRow] = {}
    for _, tags, point in points:
        if (kind := meaning.place(tags)) and (name := tags.get("name")):
            rows.setdefault((name, kind), PlaceRow(name, kind, point.x, point.y, tags.get("name:cy", "")))
    return list(rows.values())


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() and 0 < len(text) <= 12 else None
