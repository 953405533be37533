"""The statements that keep the map. What a case counts as is said once, for one case and for all."""

from townhall.kernel.mapping.rules import (
    AGES,
    ALL,
    DONE,
    DONE_LATELY,
    FINEST,
    FINEST_TENTHS,
    LATELY_DAYS,
    LEVELS,
    NO_TEAM,
    NOBODYS,
    SOMEBODYS,
)

COLUMNS = """case_id, x, y, easting, northing, kind, is_public, category, status, standing, is_late, age, ward,
    team_id, changes_at, high, low"""
KEY = "level, category, x, y, kind, is_public, status, standing, is_late, age, ward, team_id"
SUMS = "count, eastings, northings, high, low"
AGE = " ".join(f"when opened_at > now_at - interval '{days} days' then {age}" for age, days in enumerate(AGES))
OLDER = ", ".join(
    f"case when opened_at > now_at - interval '{days} days' then opened_at + interval '{days} days' end"
    for days in AGES
)
HALVES = ", ".join(
    f"('x' || substr(replace(id::text, '-', ''), {start}, 16))::bit(64)::bigint as {name}"
    for name, start in (("high", 1), ("low", 17))
)
LATELY = f"interval '{LATELY_DAYS} days'"
STANDING = f"""case when closed_at is null and assignee_id is null then {NOBODYS}
    when closed_at is null then {SOMEBODYS} when updated_at >= now_at - {LATELY} then {DONE_LATELY} else {DONE} end"""
FORGOTTEN = f"case when closed_at is not null and updated_at >= now_at - {LATELY} then updated_at + {LATELY} end"
FRESH = f"""
    select id as case_id,
        floor(point[0] * 10 / {FINEST_TENTHS})::int as x, floor(point[1] * 10 / {FINEST_TENTHS})::int as y,
        floor(point[0] * 10)::int as easting, floor(point[1] * 10)::int as northing, kind,
        is_public and joined_to_id is null as is_public, category, status,
        standing, runs and coalesce(due_at < now_at, false) as is_late,
        case {AGE} else {len(AGES)} end as age, ward, team_id,
        least({OLDER}, case when runs and due_at >= now_at then due_at end, {FORGOTTEN}) as changes_at, {HALVES}
    from cases_case, (select %(at)s::timestamptz as now_at) clock,
        lateral (select closed_at is null and paused_at is null as runs, {STANDING} as standing) state
    where point is not null
"""  # noqa: S608
KEPT_TEAM = f"case when standing = {DONE} then '{NO_TEAM}' else coalesce(team_id, '{NO_TEAM}') end"
MOVED = f"""
    select level, category_row as category, x >> ({FINEST} - level) as x, y >> ({FINEST} - level) as y,
        kind, is_public, status, standing, is_late, age, ward, {KEPT_TEAM} as team_id, sum(sign) as count,
        sum(sign * easting::bigint) as eastings, sum(sign * northing::bigint) as northings,
        bit_xor(high) as high, bit_xor(low) as low
    from changed, unnest(array{list(LEVELS)}) as level,
        unnest(array[category, '{ALL}']) as category_row
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
"""  # noqa: S608
REFRESH = f"""
with fresh as ({FRESH} and id = any(%(keys)s)),
old as (select * from mapping_spot where case_id = any(%(keys)s)),
gone as (delete from mapping_spot where case_id in (select case_id from old except select case_id from fresh)),
kept as (
    insert into mapping_spot as spot ({COLUMNS}) select {COLUMNS} from fresh
    on conflict (case_id) do update set ({COLUMNS}) = row(excluded.*)
    where spot.* is distinct from excluded.*
),
changed as (select {COLUMNS}, -1 as sign from old union all select {COLUMNS}, 1 from fresh),
moved as (
    select * from ({MOVED}) counted
    where count <> 0 or high <> 0 or low <> 0 or eastings <> 0 or northings <> 0
),
written as (
    insert into mapping_cell as cell ({KEY}, {SUMS}) select {KEY}, {SUMS} from moved
    on conflict ({KEY}) do update set count = cell.count + excluded.count,
        eastings = cell.eastings + excluded.eastings, northings = cell.northings + excluded.northings,
        high = cell.high # excluded.high, low = cell.low # excluded.low
    returning 1
)
select count(*) from written
"""  # noqa: S608
ALIKE = "kind, is_public, status, standing, is_late, age, ward, team_id"
ADDED = """sum(count) as count, sum(eastings) as eastings, sum(northings) as northings, bit_xor(high) as high,
    bit_xor(low) as low"""


def _every_cell() -> str:
    """The statement that counts the whole grid: the finest level from the cases, each other from the one before it."""
    finest = f"""level{FINEST} as (
        select category, x, y, {ALIKE.replace("team_id", f"{KEPT_TEAM} as team_id")}, count(*),
            sum(easting) as eastings, sum(northing) as northings, bit_xor(high) as high, bit_xor(low) as low
        from mapping_spot group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    )"""  # noqa: S608
    coarser = [
        f"""level{level} as (
            select category, x >> 1 as x, y >> 1 as y, {ALIKE}, {ADDED}
            from level{level + 1} group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
        )"""  # noqa: S608
        for level in reversed(LEVELS[:-1])
    ]
    totals = [
        f"select {level}, '{ALL}', x, y, {ALIKE}, {ADDED} from level{level} group by x, y, {ALIKE}"  # noqa: S608
        for level in LEVELS
    ]
    each = [f"select {level}, category, x, y, {ALIKE}, {SUMS} from level{level}" for level in LEVELS]  # noqa: S608
    named, rows = ", ".join([finest, *coarser]), " union all ".join(totals + each)
    return f"with {named} insert into mapping_cell ({KEY}, {SUMS}) {rows} order by 1, 2, 3, 4"


EVERY_CELL = _every_cell()
EVERY_SPOT = f"insert into mapping_spot ({COLUMNS}) select {COLUMNS} from ({FRESH}) fresh order by x, y"  # noqa: S608
RENEW = """
    insert into mapping_edition (id, tag) values (1, gen_random_uuid())
    on conflict (id) do update set tag = excluded.tag
"""
