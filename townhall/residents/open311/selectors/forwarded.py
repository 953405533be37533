"""How cases that belong to others stand."""
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from townhall.kernel.authority import selectors as authority
from townhall.residents.open311.models import Forwarded


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case that belongs to another council stands. `state` is waiting, sent or failed."""

    authority: str
    telephone: str
    state: str
    their_id: str
    attempts: int
    next_at: datetime | None
    sent_at: datetime | None
    fetched_at: datetime | None


def standing(case_id: UUID) -> Standing | None:
    """How sending this case stands; None where nobody else has it."""
    row = Forwarded.objects.filter(case_id=case_id).first()
    if row is None:
        return None
    other = authority.by_code(row.gss_code)
    return Standing(
        authority=other.name if other else row.gss_code, telephone=other.telephone if other else "", state=row.state,
        their_id=row.their_id, attempts=row.attempts, next_at=row.next_at, sent_at=row.sent_at,
        fetched_at=row.fetched_at,
    )  # fmt: skip
