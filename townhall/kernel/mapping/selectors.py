"""The map as marks and as tiles."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np

from townhall.kernel.cases.models import OPEN, Case
from townhall.kernel.geo.rules import mercator, mvt
from townhall.kernel.geo.selectors import extent
from townhall.kernel.mapping import rules
from townhall.kernel.mapping.rules import Mark, Wanted
from townhall.kernel.modules import databases

Box = tuple[float, float, float, float]
LAYER = "cases"
MIDDLE_ZOOM = 13


def edition() -> UUID | None:
    """The tag of the map's last change; None where nothing was counted yet."""
    with databases.reading().cursor() as cursor:
        cursor.execute("select tag from mapping_edition")
        row = cursor.fetchone()
    return row[0] if row else None


def marks(wanted: Wanted, box: Box, zoom: int) -> list[Mark]:
    """The pins and rings of a box in metres at a zoom, gathered by cells: one statement."""
    level = rules.level_for(zoom)
    if level is not None and wanted.among is None:
        statement, values = _counted(wanted, box, level)
    else:
        statement, values = _spots(wanted, box, zoom)
    with databases.reading().cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    if zoom >= rules.SINGLE_FROM_ZOOM:
        return _singles(rows)
    found: dict[tuple[int, int], Mark] = {}
    for x, y, status, is_late, count, eastings, northings, high, low in rows:
        key = rules.case_key(high, low) if count == 1 else None
        late = count if is_late else 0
        mark = Mark(float(eastings) / count / 10, float(northings) / count / 10, late, key)
        mark.shares[status] = count
        if (x, y) in found:
            found[x, y].add(mark)
        else:
            found[x, y] = mark
    return list(found.values())


def _singles(rows: list[Any]) -> list[Mark]:
    """A mark for each case; where there are too many to see, gathered after all."""
    found: list[Mark] = []
    for _x, _y, status, is_late, _count, easting, northing, high, low in rows:
        mark = Mark(easting / 10, northing / 10, int(is_late), rules.case_key(high, low))
        mark.shares[status] = 1
        found.append(mark)
    if len(found) <= rules.MOST_SINGLES:
        return found
    return rules.by_cells(found, rules.near_tenths(rules.LAST_ZOOM))


def _counted(wanted: Wanted, box: Box, level: int) -> tuple[str, dict[str, Any]]:
    """From the grid. The index answers a column of cells at a time."""
    side = rules.cell_tenths(level) / 10
    where, values = _narrowed(wanted)
    west, south, east, north = (int(edge // side) for edge in box)
    values |= {
        "level": level, "category": wanted.category or rules.ALL, "columns": list(range(west, east + 1)),
        "south": south, "north": north,
    }  # fmt: skip
    statement = f"""
        select x, y, status, is_late, sum(count)::int, sum(eastings), sum(northings), bit_xor(high), bit_xor(low)
        from mapping_cell
        where level = %(level)s and category = %(category)s and x = any(%(columns)s)
            and y between %(south)s and %(north)s and count > 0 {where}
        group by x, y, status, is_late
    """  # noqa: S608
    return statement, values


def _spots(wanted: Wanted, box: Box, zoom: int) -> tuple[str, dict[str, Any]]:
    """From the cases themselves: closer in than the grid, or where it does not count what is asked for."""
    level = rules.level_for(zoom)
    where, values = _narrowed(wanted)
    west, south, east, north = (int(edge * 10 // rules.FINEST_TENTHS) for edge in box)
    values |= {"side": rules.near_tenths(zoom), "south": south, "north": north}
    if level is None or east - west < 40:
        values |= {"columns": list(range(west, east + 1))}
        where += " and x = any(%(columns)s) and y between %(south)s and %(north)s"
    if wanted.category:
        where += " and category = %(category)s"
        values["category"] = wanted.category
    if wanted.among:
        sql, params = wanted.among
        first, *rest = sql.split("%s")
        named = "".join(f"%(among{number})s{part}" for number, part in enumerate(rest))
        where += f" and case_id in ({first}{named})"
        values |= {f"among{number}": value for number, value in enumerate(params)}
    if zoom >= rules.SINGLE_FROM_ZOOM:
        columns = "0, 0, status, is_late, 1, easting, northing, high, low"
        return f"select {columns} from mapping_spot where true {where}", values  # noqa: S608
    statement = f"""
        select easting / %(side)s, northing / %(side)s, status, is_late, count(*)::int,
            sum(easting), sum(northing), bit_xor(high), bit_xor(low)
        from mapping_spot where true {where} group by 1, 2, 3, 4
    """  # noqa: S608
    return statement, values


def _narrowed(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    """The conditions that the grid and the cases share."""
    where: list[str] = []
    values: dict[str, Any] = {}
    statuses = list(wanted.statuses)
    if wanted.is_open:
        statuses = [str(status) for status in OPEN if not statuses or status in statuses] or ["none"]
    if wanted.is_public:
        where.append("is_public")
    if wanted.standing is not None:
        where.append("standing = %(standing)s")
        values["standing"] = wanted.standing
    if wanted.is_late:
        where.append("is_late")
    if wanted.newest <= len(rules.AGES):
        where.append("age < %(newest)s")
        values["newest"] = wanted.newest
    for name, operator, value in (
        ("kind", "=", wanted.kind), ("ward", "=", wanted.ward), ("status", "= any", statuses),
        ("team_id", "= any", list(wanted.teams)),
    ):  # fmt: skip
        if value:
            where.append(f"{name} {operator}(%({name})s)")
            values[name] = value
    return "".join(f" and {part}" for part in where), values


@dataclass(frozen=True, slots=True)
class Named:
    """What a pin says of its case."""

    reference: str
    title: str


def named(keys: Sequence[UUID], *, welsh: bool) -> dict[UUID, Named]:
    """References and titles of cases by key: one statement."""
    rows = Case.objects.filter(pk__in=keys).values_list("pk", "reference", "title", "title_cy")
    return {key: Named(reference, (welsh and cy) or title) for key, reference, title, cy in rows}


def tile(wanted: Wanted, zoom: int, column: int, row: int, *, welsh: bool) -> bytes:
    """A vector tile of the marks whose middle is in it, never gathered beyond its cells. Raises NoSuchTile."""
    if not rules.FIRST_ZOOM <= zoom <= rules.LAST_ZOOM:
        raise mercator.NoSuchTile(f"zoom {zoom}")
    bounds = mercator.tile_bounds(zoom, column, row)
    box = mercator.grid_box(bounds, margin=0.02)
    found = marks(wanted, _wider(box, zoom), zoom) if box else []
    layer = mvt.Layer(LAYER)
    if found:
        _fill(layer, found, bounds, welsh=welsh)
    return mvt.tile([layer])


def _wider(box: Box, zoom: int) -> Box:
    """With the cells that begin outside but whose cases' middle may be inside."""
    side = rules.near_tenths(zoom) / 10
    west, south, east, north = box
    return west - side, south - side, east + side, north + side


def _fill(layer: mvt.Layer, found: list[Mark], bounds: Box, *, welsh: bool) -> None:
    places = np.rint(mercator.to_tile(bounds)(np.array([[mark.easting, mark.northing] for mark in found]))).astype(int)
    inside = [
        (mark, x, y)
        for mark, (x, y) in zip(found, places.tolist(), strict=True)
        if 0 <= x < mercator.EXTENT and 0 <= y < mercator.EXTENT
    ]
    words = named([mark.key for mark, _x, _y in inside if mark.key], welsh=welsh)
    for mark, x, y in inside:
        layer.add(mvt.POINT, [[(x, y)]], _properties(mark, words))


def _properties(mark: Mark, words: dict[UUID, Named]) -> dict[str, mvt.Value]:
    about: dict[str, mvt.Value] = {"count": mark.count, "late": mark.late, **mark.shares}
    if mark.key and (case := words.get(mark.key)):
        about |= {"id": str(mark.key), "reference": case.reference, "title": case.title}
    return about


def gathered(wanted: Wanted, box: Box, zoom: int, *, metres_to_a_pixel: float) -> list[Mark]:
    """The marks of a box as a picture shows them: what would touch is one."""
    return rules.gathered(marks(wanted, box, zoom), metres_to_a_pixel=metres_to_a_pixel)


def middle(wanted: Wanted) -> Box | None:
    """The box (metres) of where most of the cases are, without the fifth that lies farthest out on each side."""
    found = marks(wanted, extent().box, MIDDLE_ZOOM)
    if not found:
        return None
    west, east = rules.most([(mark.easting, mark.count) for mark in found])
    south, north = rules.most([(mark.northing, mark.count) for mark in found])
    return west, south, east, north
