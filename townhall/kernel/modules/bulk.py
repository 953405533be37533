"""Loading many rows at once, by COPY: for the synthetic borough, imports and restores."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from django.apps import apps
from django.db import connection
from psycopg import sql
from psycopg.types.json import Jsonb

BLOCK = 1 << 18
"""Characters sent at once."""

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
    Raises TypeError for a value of a type that is not in AS_TEXT. Lines are put together here because psycopg's
    `write_row` takes three times as long.
    """
    table = into or apps.get_model(model)._meta.db_table
    names = sql.SQL(", ").join(sql.Identifier(column) for column in columns)
    statement = sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(table), names)
    count, waiting, length = 0, list[str](), 0
    with connection.cursor() as cursor, cursor.copy(statement) as writer:
        for row in rows:
            line = "\t".join([(AS_TEXT.get(type(value)) or _of_a_kind(value))(value) for value in row])
            waiting.append(line)
            count, length = count + 1, length + len(line)
            if length > BLOCK:
                writer.write("\n".join(waiting) + "\n")
                waiting, length = [], 0
        if waiting:
            writer.write("\n".join(waiting) + "\n")
    return count


def _of_a_kind(value: Any) -> Callable[[Any], str]:
    """The writer of the type that this value's type descends from (a choice is text, too)."""
    for kind, writer in AS_TEXT.items():
        if isinstance(value, kind):
            return writer
    raise TypeError(f"COPY cannot write {type(value).__name__}: add it to AS_TEXT")
