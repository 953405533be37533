"""What each module holds about people: declared in its `holdings.py`, found for one person, forgotten in time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from townhall.kernel.identity.models import Person
from townhall.kernel.modules.registries import Registry


@dataclass(frozen=True, slots=True)
class File:
    """A file that belongs to a record. `key` is what the holding's `read_file` is given."""

    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that is held about a person, as that person can read it. Values are text, numbers, booleans or None.

    `title` may be lazy. What staff wrote among themselves belongs here too and `is_internal`: it may be about somebody
    else, or do harm, so the person gets it in a copy that an officer has reviewed, and not on the page of their own.
    """

    title: Any
    at: datetime | None = None
    values: dict[str, Any] = field(default_factory=dict)
    files: tuple[File, ...] = ()
    is_internal: bool = False


@dataclass(frozen=True, slots=True)
class Retention:
    """How long something is kept, and how it goes.

    `old(moment)` is the rows whose time ended before the moment, of one model; `forget(keys)` removes or empties the
    rows with these keys and returns how many (deleting them, where it is left out). Without `old` the rows go with what
    they belong to, as `after` says. `days` is the default: an administrator may set another.
    """

    days: int | None
    after: Any
    old: Callable[[datetime], QuerySet[Any]] | None = None
    forget: Callable[[Sequence[Any]], int] | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """A kind of personal data. `models` names every table it covers, as `app.Model`; titles may be lazy.

    `find(person)` returns all that is held about the person, and nothing that is about anybody else.
    """

    key: str
    title: Any
    lawful_basis: Any
    retention: Retention
    models: tuple[str, ...]
    find: Callable[[Person], list[Record]]
    read_file: Callable[[str], bytes] | None = None


holdings: Registry[Holding] = Registry("holdings")

not_personal: Registry[str] = Registry("not personal")
"""Why a table (`app.Model`) or a field (`app.Model.field`) that looks personal is not."""


def holding(entry: Holding) -> Holding:
    """Declare what is held, in a module's `holdings.py`."""
    return holdings.add(entry.key, entry)
