"""Events to Parquet, a file a day: analytics read the files and never the database that serves.

The day is the one in which the event was written, read from its key (UUID version 7, UTC): so a day's events lie
together in the index, and no new one joins a day that is over but for a transaction that was long in committing. Each
run therefore counts the last week again, and writes a day anew where it finds more or fewer events than its file has.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

from townhall.kernel.outbox import selectors as outbox
from townhall.upkeep.failures import UpkeepFailed
from townhall.upkeep.progress import Tell

try:
    arrow: Any = import_module("pyarrow")
    parquet: Any = import_module("pyarrow.parquet")
except ImportError:  # the extra [insight] is not installed
    arrow = parquet = None

LOOK_AGAIN_DAYS = 7
ROWS = 20_000
"""Events held in memory at once: one row group of a file."""
COLUMNS = ("id", "kind", "case_id", "number", "at", "payload")


@dataclass(frozen=True, slots=True)
class Exported:
    """What a run wrote: days, events in them, and how many days were as they should be."""

    days: list[date]
    events: int
    untouched: int


def export(*, folder: Path, at: datetime, tell: Tell, is_thorough: bool = False) -> Exported:
    """Bring the files of a folder to what is relayed; only days that are new or differ are written.

    `is_thorough` counts every day again, not the last week only. Raises UpkeepFailed.
    """
    if arrow is None:
        raise UpkeepFailed("Parquet needs the extra insight: pip install townhall[insight]")
    first = outbox.first_day()
    today = at.astimezone(UTC).date()
    days = [first + timedelta(days=number) for number in range((today - first).days + 1)] if first else []
    written: list[date] = []
    events = untouched = 0
    for number, day in enumerate(days, start=1):
        tell("Days", number, len(days))
        path = path_of(folder, day)
        is_settled = path.exists() and today - day > timedelta(days=LOOK_AGAIN_DAYS)
        if (is_settled and not is_thorough) or (count := outbox.count_of_day(day)) == _count_in(path):
            untouched += 1
            continue
        events += _write(path, day, count)
        written.append(day)
    return Exported(written, events, untouched)


def path_of(folder: Path, day: date) -> Path:
    """The file of a day, in the manner that DuckDB, Spark and Polars read as partitions."""
    return folder / f"day={day.isoformat()}" / "events.parquet"


def _count_in(path: Path) -> int:
    return parquet.read_metadata(path).num_rows if path.exists() else 0


def _write(path: Path, day: date, count: int) -> int:
    """Write a day beside and rename it; how many events. A day that lost its last event loses its file."""
    if not count:
        path.unlink(missing_ok=True)
        return 0
    path.parent.mkdir(parents=True, exist_ok=True)
    beside, written = path.with_name(f".events.{os.getpid()}.part"), 0
    try:
        with parquet.ParquetWriter(beside, _schema(), compression="zstd") as file:
            for batch in _batches(day):
                file.write_table(arrow.Table.from_pylist(batch, schema=_schema()))
                written += len(batch)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    return written


def _batches(day: date) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in outbox.of_day(day):
        batch.append(dict(zip(COLUMNS, _plain(row), strict=True)))
        if len(batch) == ROWS:
            yield batch
            batch = []
    if batch:
        yield batch


def _plain(row: outbox.Relayed) -> tuple[Any, ...]:
    return (
        str(row.id), row.kind, _text(row.case_id), row.number, row.at, json.dumps(row.payload, sort_keys=True),
    )  # fmt: skip


def _text(key: UUID | None) -> str | None:
    return str(key) if key else None


def _schema() -> Any:
    return arrow.schema(
        [
            ("id", arrow.string()),
            ("kind", arrow.dictionary(arrow.int32(), arrow.string())),
            ("case_id", arrow.string()),
            ("number", arrow.int32()),
            ("at", arrow.timestamp("us", tz="UTC")),
            ("payload", arrow.string()),
        ]
    )
