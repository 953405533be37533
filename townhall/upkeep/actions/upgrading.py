"""Bringing the database to the installed version: checked, backed up, migrated, verified; put back where one fails."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

import pyrage
from django.db import connections

from townhall.kernel.documents import selectors as documents
from townhall.kernel.modules.checkups import checkups
from townhall.upkeep import programs, rules, serving, snapshots
from townhall.upkeep.actions import backing_up, closing, restoring
from townhall.upkeep.failures import UpkeepFailed
from townhall.upkeep.keys import Public
from townhall.upkeep.progress import Tell

CHECKUPS = ("disk", "settings", "Django")
"""What the doctor must find well before an upgrade; whether workers run is not asked, because they must not."""
SPARE = 500_000_000
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an upgrade shall go: where the backup goes and for whom, how many are kept, which tables may lose rows."""

    folder: Path
    to: list[Public]
    keep: int = 0
    may_shrink: tuple[str, ...] = ()
    goes_on: bool = False


def upgrade(wanted: Wanted, *, known_migrations: set[str], at: datetime, tell: Tell, say: Say) -> None:
    """Bring the database to the migrations that the code knows, or leave it as it was. Says each thing it does.

    Nobody else may write meanwhile. The backup is also encrypted to a key that lives as long as this process, so that
    it can be put back at once. Raises UpkeepFailed.
    """
    pending = look(wanted, known_migrations)
    say("Checked: settings, disk, the database, what is to be migrated.")
    if not pending:
        say("The database is up to date: nothing was changed.")
        return
    closing.close()
    try:
        way_back = pyrage.x25519.Identity.generate()
        path = wanted.folder / rules.stamp(at)
        made = backing_up.back_up(path=path, to=[*wanted.to, way_back.to_public()], at=at, tell=tell)
    except BaseException:
        closing.open_again()
        raise
    say(f"Backed up: {path}, {made.bytes:,} bytes, {made.rows:,} rows, {made.documents:,} files of documents.")
    try:
        migrate()
        say(f"Migrated: {', '.join(pending)}.")
        verify(made, known_migrations, wanted.may_shrink)
        say("Verified: every table has its rows, every migration is in, and a web process says that it is ready.")
    except BaseException as problem:
        say(f"Failed: {problem or type(problem).__name__}")
        restoring.restore(path=path, keys=[way_back], known_migrations=known_migrations, tell=tell, replace=True)
        closing.open_again()
        words = "The upgrade failed and the database is as it was before: every table was compared with the backup."
        raise UpkeepFailed(f"{words} Install the version you had before, and start it again.") from problem
    closing.open_again()
    if wanted.keep:
        say(f"Removed {len(backing_up.prune(wanted.folder, wanted.keep))} old backups.")


def look(wanted: Wanted, known_migrations: set[str]) -> list[str]:
    """What is to be migrated. Raises UpkeepFailed where the upgrade should not begin."""
    ill = [finding for name in CHECKUPS for finding in checkups[name]() if finding.state == "ill"]
    if ill:
        said = "; ".join(f"{finding.subject} {finding.says} ({finding.advice})" for finding in ill)
        raise UpkeepFailed(f"Nothing was changed. To put right first: {said}")
    with connections["default"].cursor() as cursor:
        is_closed = closing.is_closed(cursor)
    connections.close_all()
    if is_closed and not wanted.goes_on:
        words = "An upgrade was cut off before its end, and the database only reads since then."
        newest = max((path.name for path in wanted.folder.glob(f"townhall-*{rules.SUFFIX}")), default="FILE")
        back = f"townhall restore {wanted.folder / newest} --replace --key KEYFILE"
        raise UpkeepFailed(f"{words} Go back with: {back}, or go on from here with: townhall upgrade --go-on")
    with programs.connect(programs.owner_url()) as connection:
        applied = snapshots.applied_migrations(connection)
        row = connection.execute("select pg_database_size(current_database())").fetchone()
        needed = (row[0] if row else 0) + (documents.bytes_kept(connection) if applied else 0) + SPARE
    if not applied:
        raise UpkeepFailed("The database has no tables of Townhall yet: run townhall migrate.")
    if newer := rules.newer_migrations(applied, known_migrations):
        raise UpkeepFailed(f"The database has {newer[0]}, which this Townhall lacks: it is newer than the code.")
    wanted.folder.mkdir(parents=True, exist_ok=True)
    if (free := shutil.disk_usage(wanted.folder).free) < needed:
        raise UpkeepFailed(f"The backup may need {needed / 1e9:.1f} GB, and {wanted.folder} has {free / 1e9:.1f} GB.")
    return sorted(known_migrations - set(applied))


def migrate() -> None:
    """Run the migrations in a process of their own. Raises UpkeepFailed with the last line they said."""
    url = programs.owner_url()
    writing = f"{url}{'&' if '?' in url else '?'}{urlencode({'options': programs.WRITING})}"
    told = os.environ | {"DATABASE_URL": writing, "DATABASE_OWNER_URL": writing}
    command = [sys.executable, "-m", "townhall", "migrate", "--verbosity", "0"]
    done = subprocess.run(command, env=told, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["without a word"])[-1]
        raise UpkeepFailed(f"migrating ended with: {last}")


def verify(made: backing_up.Backup, known_migrations: set[str], may_shrink: Iterable[str]) -> None:
    """Whether the migrated database may be used. Raises UpkeepFailed with what speaks against it."""
    with programs.connect(programs.owner_url()) as connection:
        waiting = known_migrations - set(snapshots.applied_migrations(connection))
        after = snapshots.row_counts(connection)
    if waiting:
        raise UpkeepFailed(f"{min(waiting)} is still not in")
    before = {name: table.rows for name, table in made.tables.items()}
    if lost := rules.shrunk(before, after, may_shrink):
        raise UpkeepFailed(f"{'; '.join(lost)} (where that is meant, say --may-shrink TABLE)")
    serving.must_become_ready()
