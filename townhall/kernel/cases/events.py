"""What happens to cases. Teams, people and statuses are keys and codes; no words that people wrote."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from townhall.kernel.outbox.events import Fact


@dataclass(frozen=True, kw_only=True)
class CaseFact(Fact, is_abstract=True):
    """What every event of a case says: its category, ward and team as they are now."""

    category: str
    ward: str
    team_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class CaseOpened(CaseFact):
    """A case was opened."""

    kind: ClassVar[str] = "cases.case_opened.v1"
    case_kind: str
    channel: str
    is_public: bool


@dataclass(frozen=True, kw_only=True)
class CaseRouted(CaseFact):
    """A routing rule, or a person, gave the case to a team."""

    kind: ClassVar[str] = "cases.case_routed.v1"
    left_team_id: UUID | None
    by_rule: bool


@dataclass(frozen=True, kw_only=True)
class CaseAssigned(CaseFact):
    """A person was given the case, or nobody has it now."""

    kind: ClassVar[str] = "cases.case_assigned.v1"
    assignee_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class StatusChanged(CaseFact):
    """The case has another status and is still open. `tells_people` when letters go out."""

    kind: ClassVar[str] = "cases.status_changed.v1"
    status: str
    entry_id: UUID
    tells_people: bool


@dataclass(frozen=True, kw_only=True)
class CaseResolved(CaseFact):
    """The case was fixed, or closed without a fix."""

    kind: ClassVar[str] = "cases.case_resolved.v1"
    case_kind: str
    status: str
    was_late: bool
    working_minutes: int
    opened_at: datetime
    entry_id: UUID


@dataclass(frozen=True, kw_only=True)
class CaseReopened(CaseFact):
    """A case that was done is open again. `undone` when its resolution was taken back within the time for that."""

    kind: ClassVar[str] = "cases.case_reopened.v1"
    undone: bool
    was_late: bool
    working_minutes: int
    resolved_at: datetime
    opened_at: datetime


@dataclass(frozen=True, kw_only=True)
class ClockPaused(CaseFact):
    """The promise stands still."""

    kind: ClassVar[str] = "cases.clock_paused.v1"


@dataclass(frozen=True, kw_only=True)
class ClockResumed(CaseFact):
    """The promise runs again, with a later date."""

    kind: ClassVar[str] = "cases.clock_resumed.v1"
    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class DateMissed(CaseFact):
    """The promised date passed and the case is still open."""

    kind: ClassVar[str] = "cases.date_missed.v1"


@dataclass(frozen=True, kw_only=True)
class Replied(CaseFact):
    """An officer wrote to the reporter."""

    kind: ClassVar[str] = "cases.replied.v1"
    entry_id: UUID


@dataclass(frozen=True, kw_only=True)
class UpdateAdded(CaseFact):
    """Somebody outside added to the case: an update, "still there", "it is fixed"."""

    kind: ClassVar[str] = "cases.update_added.v1"
    entry_id: UUID
    says: str


@dataclass(frozen=True, kw_only=True)
class CategoryChanged(CaseFact):
    """The case is of another category; its clock and team may follow."""

    kind: ClassVar[str] = "cases.category_changed.v1"
    was: str


@dataclass(frozen=True, kw_only=True)
class NoteAdded(CaseFact):
    """An officer wrote a private note, logged a contact, or set or did a task."""

    kind: ClassVar[str] = "cases.note_added.v1"


@dataclass(frozen=True, kw_only=True)
class SatisfactionGiven(CaseFact):
    """The reporter said whether it was put right."""

    kind: ClassVar[str] = "cases.satisfaction_given.v1"
    is_satisfied: bool
