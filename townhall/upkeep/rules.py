"""What a backup says of itself, what makes one whole, which old ones go. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

FORMAT = 1
"""The shape of the archive. A newer number than ours is refused."""
OPENING, CLOSING = "opening.json", "manifest.json"
DATABASE, DOCUMENTS, SECRET_KEY = "database/", "documents/", "secret-key"
SUFFIX = ".backup"
STAMP = "townhall-%Y%m%dT%H%M%SZ"


class Table(msgspec.Struct, frozen=True):
    """A table at the snapshot: how many rows, and a number that changes with any of them, whatever their order."""

    rows: int
    fingerprint: str


class Opening(msgspec.Struct, frozen=True):
    """The first entry of the archive: who wrote it, and what the database held at the snapshot."""

    format: int
    made_at: datetime
    townhall: str
    postgresql: int
    migrations: list[str]
    tables: dict[str, Table]


class Part(msgspec.Struct, frozen=True):
    """One entry of the archive."""

    name: str
    bytes: int
    sha256: str


class Closing(msgspec.Struct, frozen=True):
    """The last entry: every entry before it, so that an archive without it is torn. `missing` are documents that the
    database names and the store did not have.
    """

    parts: list[Part]
    missing: list[str]


class Broken(ValueError):
    """An archive that is not what its own manifest says; the message says where."""


def must_be_readable(opening: bytes) -> Opening:
    """The opening, read. Raises Broken for another format."""
    try:
        found = msgspec.json.decode(opening, type=dict[str, msgspec.Raw])
        number = msgspec.json.decode(found["format"], type=int)
    except (msgspec.DecodeError, KeyError, msgspec.ValidationError) as error:
        raise Broken("this is not a backup of Townhall") from error
    if number != FORMAT:
        raise Broken(f"its format is {number}, this Townhall reads format {FORMAT}")
    return msgspec.json.decode(opening, type=Opening)


def must_be_whole(closing: Closing, seen: Iterable[Part]) -> None:
    """Raises Broken where an entry is missing, added or other than the manifest says."""
    found = {part.name: part for part in seen}
    for part in closing.parts:
        if part.name not in found:
            raise Broken(f"{part.name} is missing")
        if found[part.name] != part:
            raise Broken(f"{part.name} is not what was written")
    if extra := found.keys() - {part.name for part in closing.parts}:
        raise Broken(f"{min(extra)} does not belong to it")


def newer_migrations(applied: Iterable[str], known: Iterable[str]) -> list[str]:
    """Migrations that a backup has and this Townhall does not know: it was made by a newer one."""
    return sorted(set(applied) - set(known))


def stamp(at: datetime) -> str:
    """The name of a backup made at this time (UTC)."""
    return f"{at.strftime(STAMP)}{SUFFIX}"


def old_backups(names: Iterable[str], keep: int) -> list[str]:
    """Of the names that `stamp` gives, those older than the newest `keep`; other files are never among them."""
    ours: list[str] = []
    for name in names:
        try:
            datetime.strptime(name, f"{STAMP}{SUFFIX}")  # noqa: DTZ007 - only the shape is looked at
        except ValueError:
            continue
        ours.append(name)
    return sorted(ours)[: max(0, len(ours) - keep)]


def shrunk(before: Mapping[str, int], after: Mapping[str, int], may_shrink: Iterable[str]) -> list[str]:
    """What an upgrade took rows from, in words: a table that has fewer than before, or is no longer there."""
    lost: list[str] = []
    for name in sorted(set(before) - set(may_shrink)):
        if name not in after:
            lost.append(f"{name} is gone ({before[name]:,} rows)")
        elif after[name] < before[name]:
            lost.append(f"{name} has {after[name]:,} rows, before {before[name]:,}")
    return lost
