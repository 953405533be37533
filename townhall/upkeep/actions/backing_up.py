"""Taking a backup: the database at one moment, then every document it names."""

import importlib.metadata
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from townhall.kernel.documents import selectors as documents
from townhall.launch import environment
from townhall.upkeep import archives, programs, rules, snapshots
from townhall.upkeep.failures import UpkeepFailed
from townhall.upkeep.keys import Public
from townhall.upkeep.snapshots import Snapshot

PIECE = 8_000_000
"""Bytes of the database in one entry of the archive."""
DUMP = (
    "--format=custom", "--compress=1", "--no-owner", "--no-privileges", "--no-comments", "--no-unlogged-table-data",
    "--no-publications", "--no-subscriptions", "--no-security-labels", "--no-tablespaces",
)  # fmt: skip
"""Owners and rights are those of the database it is restored to; what is unlogged is only ever a cache."""

Tell = Callable[[str, int, int], None]
"""Told what is being done, how much is done, of how much (0 where nobody knows)."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What was written."""

    path: Path
    sha256: str
    bytes: int
    rows: int
    documents: int
    missing: list[str]
    tables: dict[str, rules.Table]


def back_up(*, path: Path, to: list[Public], at: datetime, tell: Tell, replace: bool = False) -> Backup:
    """Write the whole installation to `path`, encrypted `to` the keys, with its checksum beside it.

    The database is read first and the documents after it: whatever its rows name is there, because an upload is
    stored before its row and nothing is swept meanwhile. Raises UpkeepFailed.
    """
    with snapshots.snapshot(programs.owner_url()) as seen:
        return write(seen, path=path, to=to, at=at, tell=tell, replace=replace)


def write(seen: Snapshot, *, path: Path, to: list[Public], at: datetime, tell: Tell, replace: bool) -> Backup:
    """Write what a snapshot sees; see `back_up`."""
    tables = snapshots.tables(seen.connection, each=lambda done, of: tell("Reading tables", done, of))
    if not snapshots.applied_migrations(seen.connection):
        raise UpkeepFailed("The database has no tables of Townhall yet: there is nothing to back up.")
    contents = archives.Contents([])
    contents.entries = _entries(seen, tables, at, tell, contents.missing)
    sha256 = archives.write(path, contents, to, replace=replace)
    path.with_name(f"{path.name}.sha256").write_text(f"{sha256}  {path.name}\n")
    kept = sum(part.name.startswith(rules.DOCUMENTS) for part in contents.parts)
    rows = sum(table.rows for table in tables.values())
    return Backup(path, sha256, path.stat().st_size, rows, kept, contents.missing, tables)


def prune(folder: Path, keep: int) -> list[str]:
    """Remove all but the newest `keep` backups that carry our names; the names of those removed."""
    gone = rules.old_backups((path.name for path in folder.iterdir()), keep)
    for name in gone:
        (folder / name).unlink()
        (folder / f"{name}.sha256").unlink(missing_ok=True)
    return gone


def _entries(
    seen: Snapshot, tables: dict[str, rules.Table], at: datetime, tell: Tell, missing: list[str]
) -> Iterator[archives.Entry]:
    opening = rules.Opening(
        format=rules.FORMAT, made_at=at, townhall=importlib.metadata.version("townhall"),
        postgresql=seen.server_major, migrations=snapshots.applied_migrations(seen.connection), tables=tables,
    )  # fmt: skip
    yield rules.OPENING, msgspec.json.encode(opening)
    secret = environment.home() / "secret-key"
    if secret.exists() and not environment.text("TOWNHALL_SECRET_KEY"):
        yield rules.SECRET_KEY, secret.read_bytes()
    yield from _database(seen, tell)
    yield from _documents(seen, tell, missing)


def _database(seen: Snapshot, tell: Tell) -> Iterator[archives.Entry]:
    url = programs.owner_url()
    command = [programs.program("pg_dump", server_major=seen.server_major), *DUMP, f"--snapshot={seen.name}"]
    done = number = 0
    with subprocess.Popen(command, env=programs.told(url), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as dump:
        assert dump.stdout is not None and dump.stderr is not None  # noqa: S101, PT018 - both are pipes
        while piece := dump.stdout.read(PIECE):
            yield f"{rules.DATABASE}{number:06}", piece
            number, done = number + 1, done + len(piece)
            tell("Database, bytes", done, 0)
        said = dump.stderr.read().decode(errors="replace").strip()
    if dump.returncode != 0:
        raise UpkeepFailed(f"pg_dump failed, no backup was written. It said: {said[-500:]}")


def _documents(seen: Snapshot, tell: Tell, missing: list[str]) -> Iterator[archives.Entry]:
    names = documents.names_referred_to(seen.connection)
    for number, name in enumerate(names, start=1):
        try:
            yield f"{rules.DOCUMENTS}{name}", documents.stored(name)
        except FileNotFoundError:
            missing.append(name)
        tell("Documents", number, len(names))
