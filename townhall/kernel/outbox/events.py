"""What an event is. Modules subclass `Fact` in their own `events.py`."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar, cast
from uuid import UUID

KINDS: dict[str, type["Fact"]] = {}
"""Every declared kind of event, by name."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened, in the past tense. A subclass names its `kind`, as in `cases.case_resolved.v1`.

    `case_id` and `number` give the order within a case (the number of the timeline entry it goes with); a fact that
    concerns no case leaves them out. Fields are plain: str, int, bool, None, UUID, datetime, and lists of these.
    Secrets and the words people wrote never go into an event: subscribers read those where they are kept.
    """

    kind: ClassVar[str] = ""
    at: datetime
    case_id: UUID | None = None
    number: int = 0

    def __init_subclass__(cls, *, is_abstract: bool = False, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if is_abstract:
            return
        if not cls.kind or cls.kind in KINDS:
            raise TypeError(f"{cls.__name__} needs a kind of its own, not '{cls.kind}'")
        KINDS[cls.kind] = cls

    def payload(self) -> dict[str, Any]:
        """The fact's own fields as JSON-ready values."""
        shared = ("at", "case_id", "number")
        return {each.name: _plain(getattr(self, each.name)) for each in fields(self) if each.name not in shared}


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """An event as a subscriber receives it. `id` is the idempotency key; `payload` has the fact's own fields."""

    id: UUID
    kind: str
    at: datetime
    case_id: UUID | None
    number: int
    payload: dict[str, Any]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in cast("Sequence[Any]", value)]
    return value
