"""The SQL around a restore: what empties the database before, what compares every table after."""

from townhall.upkeep.rules import Opening, Table
from townhall.upkeep.snapshots import TEXT_FORMS

RESTORE = ("--no-owner", "--no-privileges", "--no-comments", "--exit-on-error")
PSQL = ("--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1", "--file=-")
LOCK_SECONDS = 20
EMPTY = """
do $townhall$
declare
  all_of_it text[];
  one text;
begin
  select array_agg(format('drop %s if exists %s cascade', kind, name) order by kind <> 'table') into all_of_it from (
    select case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence'
             else 'table' end as kind, c.oid::regclass::text as name, c.oid, 'pg_class'::regclass as class
      from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S')
    union all
    select case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end,
           p.oid::regprocedure::text, p.oid, 'pg_proc'::regclass
      from pg_proc p where p.pronamespace = 'public'::regnamespace
    union all
    select case t.typtype when 'd' then 'domain' else 'type' end, t.oid::regtype::text, t.oid, 'pg_type'::regclass
      from pg_type t left join pg_class c on c.oid = t.typrelid
      where t.typnamespace = 'public'::regnamespace and (t.typtype in ('e', 'd') or c.relkind = 'c')
  ) ours
  where not exists (select 1 from pg_depend d where d.objid = ours.oid and d.classid = ours.class and d.deptype = 'e');
  foreach one in array coalesce(all_of_it, '{}') loop
    execute one;
  end loop;
end $townhall$;
"""
"""Removes what is ours from the schema. What belongs to an extension stays, and the rights that new tables get too."""
COMPARE = """
do $townhall$
declare seen text;
begin
  select {what} into seen from public.{table} t;
  if seen <> {wanted} then
    raise exception 'table % is not as it was backed up: % instead of %', {name}, seen, {wanted};
  end if;
end $townhall$;
"""
COUNTED = "count(*)::text"
FINGERPRINTED = "count(*) || ' rows, ' || coalesce(sum(('x' || left(md5(t::text), 16))::bit(64)::bigint), 0)"


def before() -> str:
    """Begin, and make the schema empty."""
    return f"begin;\nset local lock_timeout = '{LOCK_SECONDS}s';\n{EMPTY}"


def after(opening: Opening, *, same_major: bool) -> str:
    """Compare every table with the snapshot, then commit. Another major version of the server may write a value
    otherwise, so there only rows are counted.
    """
    settings = "".join(f"set local {name} = '{value}';\n" for name, value in TEXT_FORMS.items())
    compared = (compare(name, table, same_major=same_major) for name, table in opening.tables.items())
    return f"\n{settings}{''.join(compared)}\ncommit;\n"


def compare(name: str, table: Table, *, same_major: bool) -> str:
    """The statement that fails where a table is not as it was."""
    wanted = f"{table.rows} rows, {table.fingerprint}" if same_major else str(table.rows)
    what = FINGERPRINTED if same_major else COUNTED
    identifier = '"' + name.replace('"', '""') + '"'
    literal = "'" + name.replace("'", "''") + "'"
    return COMPARE.format(what=what, table=identifier, wanted=f"'{wanted}'", name=literal)
