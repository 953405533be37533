"""A transaction of pgbench's that writes the rows that a report has left behind: the database's own limit."""

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from townhall.bench.database import Database
from townhall.bench.machine import TICKS
from townhall.launch import postgres

TABLES = {
    "cases_case": "id", "cases_entry": "case_id", "reports_report": "case_id", "outbox_event": "case_id",
    "open311_receipt": "case_id",
}  # fmt: skip
"""What a report writes, and by what its rows are found."""
DONE = re.compile(r"number of transactions actually processed: (\d+)")
FEW = 2
VARIABLE = re.compile(r":[A-Za-z_]")
RATE = re.compile(r"tps = ([\d.]+)")


@dataclass(frozen=True, slots=True)
class Copied:
    """What pgbench did: transactions, how many a second, and PostgreSQL's milliseconds of CPU for each."""

    transactions: int
    per_second: float
    postgres_ms: float


REFERENCE = "translate(left(encode(decode(md5(random()::text), 'hex'), 'base64'), 8), '+/', 'ab')"
"""Eight signs at random: of eight hexadecimal digits alone, two would soon be the same."""


def script(connection: psycopg.Connection[Any], reference: str) -> str:
    """One statement that writes the rows of this case again, under keys and a reference of their own."""
    found = connection.execute("select id::text, search is null from cases_case where reference = %s", [reference])
    case_id = (found.fetchone() or ("",))[0]
    parts = [f"new as materialized (select uuidv7() case_id, {REFERENCE} reference)"]
    for table, key in TABLES.items():
        for number, row in enumerate(_rows(connection, table, key, case_id)):
            columns = ", ".join(row)
            values = ", ".join(_value(name, value, case_id) for name, value in row.items())
            parts.append(f"{table}_{number} as (insert into {table} ({columns}) select {values} from new)")  # noqa: S608
    return f"with {', '.join(parts)} select 1;\n"


def _rows(connection: psycopg.Connection[Any], table: str, key: str, case_id: str) -> list[dict[str, str | None]]:
    statement = sql.SQL("select t.* from {} t where {} = %s order by id").format(
        sql.Identifier(table), sql.Identifier(key)
    )
    rows = connection.execute(statement, [case_id])
    names = [column.name for column in rows.description or ()]
    return [dict(zip(names, map(_text, row), strict=True)) for row in rows.fetchall()]


def _text(value: Any) -> str | None:
    return json.dumps(value) if isinstance(value, dict | list) else None if value is None else str(value)


def _value(name: str, value: str | None, case_id: str) -> str:
    if value is None:
        return "null"
    if name == "id":
        return "new.case_id" if value == case_id else "uuidv7()"
    made = {
        "case_id": "new.case_id", "reference": "new.reference", "key": "''",
        "body": "md5(random()::text) || md5(random()::text)",
        "answer": "jsonb_build_object('service_request_id', new.reference)",
        "search": f"to_tsvector('simple', public.unaccent(new.reference || ' ' || {_literal(_words(value))}))",
    }  # fmt: skip
    return made.get(name) or _literal(value)


def _words(vector: str) -> str:
    """The words of a text-search vector, in their order, without the reference before them."""
    placed = [
        (int(place), word) for word, places in re.findall(r"'([^']+)':([\d,]+)", vector) for place in places.split(",")
    ]
    return " ".join(word for _place, word in sorted(placed)[2:])


def _literal(text: str) -> str:
    """The text as SQL, in which pgbench takes nothing for a variable of its own."""
    quoted = text.replace("'", "''")
    if not VARIABLE.search(quoted):
        return f"'{quoted}'"
    return "U&'" + quoted.replace("\\", "\\\\").replace(":", "\\003A") + "'"


def copy(database: Database, file: Path, *, clients: int, each: int) -> Copied:
    """Let pgbench do `each` transactions by each of so many clients at once.

    What it takes to connect and to plan the statement, once for each client, is left out of the CPU: a run that does
    little else is taken off. The machine counts CPU in ticks; a run so short that none is left counts as one.
    """
    began, few, _rate = _run(database, file, clients, FEW)
    ended, many, rate = _run(database, file, clients, FEW + each)
    return Copied(many, rate, max(ended - began, 1 / TICKS) * 1000 / (many - few))


def _run(database: Database, file: Path, clients: int, each: int) -> tuple[float, int, float]:
    """PostgreSQL's seconds of CPU, transactions, transactions a second."""
    command = [
        str(postgres.binaries() / "pgbench"), "-n", "-M", "prepared", "-f", str(file), "-c", str(clients), "-j", "2",
        "-t", str(each), "-h", str(database.server.socket), "-U", postgres.SUPERUSER, database.name,
    ]  # fmt: skip
    before = database.cpu()
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    done, rate = DONE.search(ended.stdout), RATE.search(ended.stdout)
    if ended.returncode or not done or not rate:
        raise RuntimeError(f"pgbench failed: {ended.stderr[-500:]}")
    return database.cpu() - before, int(done[1]), float(rate[1])
