"""What happens to applications beside what happens to their cases."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from townhall.kernel.outbox.events import Fact


@dataclass(frozen=True, kw_only=True)
class VersionPublished(Fact):
    """Another version of a service is live."""

    kind: ClassVar[str] = "services.version_published.v1"
    slug: str
    content: str


@dataclass(frozen=True, kw_only=True)
class ApplicationSent(Fact):
    """Somebody applied for a service: its case is open and its process has begun."""

    kind: ClassVar[str] = "services.application_sent.v1"
    application_id: UUID
    slug: str
    content: str
    channel: str


@dataclass(frozen=True, kw_only=True)
class StepsTaken(Fact):
    """The process of an application moved on. `states` are those that the case is in now."""

    kind: ClassVar[str] = "services.steps_taken.v1"
    application_id: UUID
    slug: str
    states: list[str]
    has_ended: bool
