"""Loading many rows at once, by COPY: for the synthetic borough, imports and restores."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.db import connection
from psycopg import sql


def copy(model: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, into: str = "") -> int:
    """Write rows into a model's table (or the table `into`) by COPY; how many. `model` is "cases.Case"; columns are
    the database's.

    Constraints hold as ever; defaults of the model do not: give every column that has no default in the database.
    """
    table = into or apps.get_model(model)._meta.db_table
    names = sql.SQL(", ").join(sql.Identifier(column) for column in columns)
    statement = sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(table), names)
    count = 0
    with connection.cursor() as cursor, cursor.copy(statement) as writer:
        for row in rows:
            writer.write_row(row)
            count += 1
    return count
