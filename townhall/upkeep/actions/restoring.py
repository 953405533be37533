"""Restoring a backup: looked at as a whole first, then put in place as a whole or not at all."""

import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec
import psycopg

from townhall.kernel.documents import actions as documents
from townhall.launch import environment
from townhall.upkeep import archives, programs, rules, scripts, snapshots
from townhall.upkeep.failures import UpkeepFailed
from townhall.upkeep.keys import Secret

Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and what the backup itself did not have."""

    opening: rules.Opening
    rows: int
    documents: int
    missing: list[str]


@dataclass(frozen=True, slots=True)
class Examined:
    """A backup that is whole: its opening, its manifest, how many bytes it holds."""

    opening: rules.Opening
    closing: rules.Closing

    @property
    def bytes(self) -> int:
        """How many bytes the entries have."""
        return sum(part.bytes for part in self.closing.parts)


def examine(path: Path, keys: list[Secret], tell: Tell) -> Examined:
    """Read a backup from end to end and compare every entry with the manifest. Raises UpkeepFailed."""
    seen: list[rules.Part] = []
    opening = closing = None
    done = 0
    try:
        with archives.reading(path, keys) as entries:
            for name, data in entries:
                if not seen and closing is None and name != rules.OPENING:
                    raise rules.Broken("this is not a backup of Townhall")
                if name == rules.OPENING:
                    opening = rules.must_be_readable(data)
                if name == rules.CLOSING:
                    closing = msgspec.json.decode(data, type=rules.Closing)
                    continue
                seen.append(archives.part(name, data))
                tell("Checking, bytes", done := done + len(data), 0)
        if opening is None or closing is None:
            raise rules.Broken("its manifest is missing")
        rules.must_be_whole(closing, seen)
    except rules.Broken as problem:
        raise UpkeepFailed(f"{path} cannot be restored: {problem}. {archives.CUT}") from problem
    return Examined(opening, closing)


def restore(
    *, path: Path, keys: list[Secret], known_migrations: set[str], tell: Tell, replace: bool = False
) -> Restored:
    """Put a backup into an empty database, or with `replace` in the place of what is there.

    Documents come first, then the database in one transaction that ends with a comparison of every table: if anything
    is not as it was written, nothing has changed. Raises UpkeepFailed.
    """
    found = examine(path, keys, tell)
    if newer := rules.newer_migrations(found.opening.migrations, known_migrations):
        made_by = f"{path} was made by a newer Townhall ({found.opening.townhall})"
        raise UpkeepFailed(f"{made_by}: it has {newer[0]}, which this one lacks. Install that version, then restore.")
    url = programs.owner_url()
    with programs.connect(url) as connection:
        major = connection.info.server_version // 10_000
        if snapshots.row_counts(connection) and not replace:
            raise UpkeepFailed("The database is not empty. Restore into an empty one, or say --replace.")
    kept = _documents(path, keys, tell)
    _database(path, keys, found, major, tell)
    _after(url)
    return Restored(found.opening, sum(t.rows for t in found.opening.tables.values()), kept, found.closing.missing)


def _documents(path: Path, keys: list[Secret], tell: Tell) -> int:
    kept = 0
    with archives.reading(path, keys) as entries:
        for name, data in entries:
            if name.startswith(rules.DOCUMENTS):
                documents.put_back(name.removeprefix(rules.DOCUMENTS), data)
                kept += 1
                tell("Documents", kept, 0)
            elif name == rules.SECRET_KEY:
                _secret_key(data)
    return kept


def _secret_key(data: bytes) -> None:
    """The key that signs, and that the second factors in the database are encrypted with; another one is set aside."""
    path = environment.home() / "secret-key"
    if path.exists() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        path.replace(path.with_name("secret-key.before-restore"))
    path.touch(mode=0o600)
    path.write_bytes(data)


def _database(path: Path, keys: list[Secret], found: Examined, major: int, tell: Tell) -> None:
    """pg_restore writes the statements, psql runs them between ours, all in one transaction."""
    told, wrote = programs.told(programs.owner_url()), found.opening.postgresql
    reading = [programs.program("pg_restore", server_major=max(major, wrote)), "--file=-", *scripts.RESTORE]
    running = [programs.program("psql", server_major=major), *scripts.PSQL]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(running, env=told, stdin=subprocess.PIPE, stderr=said) as target,
        subprocess.Popen(reading, env=told, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said) as source,
    ):
        feeding = threading.Thread(target=_feed, args=(source, path, keys, tell), name="feed")
        feeding.start()
        is_done = _pump(source, target, scripts.before(), scripts.after(found.opening, same_major=major == wrote))
        feeding.join()
        said.seek(0)
        if not is_done:
            raise UpkeepFailed(f"The database is as it was: {_reason(said.read().decode(errors='replace'))}")


def _feed(source: subprocess.Popen[bytes], path: Path, keys: list[Secret], tell: Tell) -> None:
    """Hand pg_restore the pieces of the database; cut short where the archive is not what it was a moment ago."""
    done = 0
    assert source.stdin is not None  # noqa: S101 - it is a pipe
    with suppress(BrokenPipeError, UpkeepFailed), source.stdin as inlet, archives.reading(path, keys) as entries:
        for name, data in entries:
            if name.startswith(rules.DATABASE):
                inlet.write(data)
                tell("Database, bytes", done := done + len(data), 0)


def _pump(source: subprocess.Popen[bytes], target: subprocess.Popen[bytes], before: str, after: str) -> bool:
    """Send the whole script; whether it was committed. Without its last line psql's transaction comes to nothing."""
    assert source.stdout is not None and target.stdin is not None  # noqa: S101, PT018 - both are pipes
    with suppress(BrokenPipeError), target.stdin as script:
        script.write(before.encode())
        shutil.copyfileobj(source.stdout, script, 1 << 20)
        if source.wait() == 0:
            script.write(after.encode())
    source.stdout.close()
    source.kill()
    return target.wait() == 0 and source.wait() == 0


def _reason(said: str) -> str:
    lines = [line for line in said.splitlines() if "ERROR:" in line or "error:" in line] or said.splitlines()[-1:]
    first = lines[0] if lines else "psql ended without a word."
    if "lock timeout" in said:
        return "others hold its tables. Stop the web and worker processes, then restore again."
    if "transaction_timeout" in said:
        return f"{first}. Install the client programs of the server's own version (postgresql-client-NN)."
    return first


def _after(url: str) -> None:
    """Statistics for the planner; then whether the role that serves may read."""
    with programs.connect(url) as connection:
        connection.execute("analyze")
    serving = environment.text("DATABASE_URL")
    try:
        with programs.connect(serving) as connection:
            connection.execute("select 1 from outbox_event limit 1")
    except psycopg.errors.InsufficientPrivilege as error:
        words = "Everything is restored, but the role in DATABASE_URL may not read it."
        raise UpkeepFailed(f"{words} Grant it the rights of step 2 in docs/how-to/run-a-council.md.") from error
