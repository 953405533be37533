"""Many rows at once: loaded by COPY (the synthetic borough, imports, restores), or given other keys."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

import msgspec
from django.apps import apps
from django.db import connection
from psycopg import sql
from psycopg.types.json import Jsonb

BLOCK = 1_000
"""Rows put together and sent at once."""

ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _escaped(text: str) -> str:
    return text if text.isprintable() and "\\" not in text else text.translate(ESCAPES)


def _json(value: Any) -> str:
    return _escaped(msgspec.json.encode(value).decode())


AS_TEXT: dict[type, Callable[[Any], str]] = {
    str: _escaped,
    int: str,
    float: repr,
    Decimal: str,
    bool: lambda value: "t" if value else "f",
    type(None): lambda _: "\\N",
    UUID: lambda value: value.hex,
    datetime: datetime.isoformat,
    date: date.isoformat,
    bytes: lambda value: f"\\\\x{value.hex()}",
    memoryview: lambda value: f"\\\\x{value.hex()}",
    dict: _json,
    Jsonb: lambda value: _json(value.obj),
}
"""How a value of each type stands in a line of COPY's text format. Source: PostgreSQL's documentation of COPY."""


def copy(model: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, into: str = "") -> int:
    """Write rows into a model's table (or the table `into`) by COPY; how many. `model` is "cases.Case"; columns are
    the database's.

    Constraints hold as ever; defaults of the model do not: give every column that has no default in the database.
    Raises TypeError for a value of a type that is not in AS_TEXT. Lines are put together here, column by column,
    because psycopg's `write_row` takes ten times as long.
    """
    table = into or apps.get_model(model)._meta.db_table
    names = sql.SQL(", ").join(sql.Identifier(column) for column in columns)
    statement = sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(table), names)
    count, coming = 0, iter(rows)
    with connection.cursor() as cursor, cursor.copy(statement) as writer:
        while block := list(islice(coming, BLOCK)):
            told = [_column(values) for values in zip(*block, strict=True)]
            writer.write("\n".join(map("\t".join, zip(*told, strict=True))) + "\n")
            count += len(block)
    return count


def rename(model: str, owner: str, keys: Sequence[tuple[UUID, str, str]]) -> None:
    """Let rows of a model go on under other keys, in one statement: of each its owner, the key that it had, and the new
    one. `owner` is the column of the database within which a key is known once.
    """
    table, column = sql.Identifier(apps.get_model(model)._meta.db_table), sql.Identifier(owner)
    statement = sql.SQL(
        "update {table} as t set key = x.new from unnest(%s::uuid[], %s::text[], %s::text[]) as x (owner, old, new) "
        "where t.{column} = x.owner and t.key = x.old"
    ).format(table=table, column=column)
    with connection.cursor() as cursor:
        cursor.execute(statement, [[str(each) for each, _, _ in keys], *([row[at] for row in keys] for at in (1, 2))])


def _column(values: Sequence[Any]) -> Sequence[str]:
    """The values of a column as text. Where all are plain words they are looked at together; where all are the same
    one of them is looked at.
    """
    writers = {kind: AS_TEXT.get(kind) or _of_a_kind(kind) for kind in set(map(type, values))}
    if writers.keys() == {str}:
        together = "".join(values)
        return values if together.isprintable() and "\\" not in together else [_escaped(value) for value in values]
    if len(set(map(id, values))) == 1:
        return [writers[type(values[0])](values[0])] * len(values)
    return [writers[type(value)](value) for value in values]


def _of_a_kind(kind: type) -> Callable[[Any], str]:
    """The writer of the type that this one descends from (a choice is text, too)."""
    for known, writer in AS_TEXT.items():
        if issubclass(kind, known):
            return writer
    raise TypeError(f"COPY cannot write {kind.__name__}: add it to AS_TEXT")
