"""What happens in Open311 that others may hear of."""
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from townhall.kernel.outbox.events import Fact


@dataclass(frozen=True, kw_only=True)
class RequestsLoaded(Fact):
    """A file of requests was loaded to its end. Its cases are from the past: nobody gets a letter about them."""

    kind: ClassVar[str] = "open311.requests_loaded.v1"
    load_id: UUID
    source: str
    loaded: int
