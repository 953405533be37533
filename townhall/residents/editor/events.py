"""What happens to drafts of services."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from townhall.kernel.outbox.events import Fact


@dataclass(frozen=True, kw_only=True)
class ReviewAsked(Fact):
    """Somebody asked for a colleague to look at a draft before it is published."""

    kind: ClassVar[str] = "editor.review_asked.v1"
    draft_id: UUID
    slug: str


@dataclass(frozen=True, kw_only=True)
class DraftApproved(Fact):
    """A second officer approved a draft. `publish_on` is the day from which residents use it."""

    kind: ClassVar[str] = "editor.draft_approved.v1"
    draft_id: UUID
    slug: str
    publish_on: str


@dataclass(frozen=True, kw_only=True)
class DraftSentBack(Fact):
    """A draft goes back to those who write it."""

    kind: ClassVar[str] = "editor.draft_sent_back.v1"
    draft_id: UUID
    slug: str
