"""What happens to reports beside what happens to their cases."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from townhall.kernel.outbox.events import Fact


@dataclass(frozen=True, kw_only=True)
class ReportReceived(Fact):
    """A report was taken in. `belongs_to` is the GSS code of the authority that deals with it; empty is ours."""

    kind: ClassVar[str] = "reports.report_received.v1"
    report_id: UUID
    category: str
    ward: str
    channel: str
    belongs_to: str
    is_held: bool


@dataclass(frozen=True, kw_only=True)
class FollowAsked(Fact):
    """Somebody asked to follow a report by e-mail and has yet to answer our letter."""

    kind: ClassVar[str] = "reports.follow_asked.v1"
    report_id: UUID
    follower_id: UUID


@dataclass(frozen=True, kw_only=True)
class ReportReleased(Fact):
    """An officer looked at a held report and let the public see it."""

    kind: ClassVar[str] = "reports.report_released.v1"
    report_id: UUID
