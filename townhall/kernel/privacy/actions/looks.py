"""Noting that an officer opened somebody's page."""

from datetime import datetime, timedelta
from uuid import UUID

from townhall.kernel.identity.models import Person
from townhall.kernel.privacy.models import Look

SAME_LOOK = timedelta(minutes=15)


def note_look(person_id: UUID, by: Person, case_id: UUID | None, at: datetime) -> None:
    """Keep that `by` opened the page of the person, or of their case. Looks within a quarter of an hour are one.

    Nobody looks at themselves.
    """
    if person_id == by.pk:
        return
    recent = Look.objects.filter(person_id=person_id, by=by, case_id=case_id, at__gt=at - SAME_LOOK, at__lte=at)
    if not recent.exists():
        Look.objects.create(person_id=person_id, by=by, case_id=case_id, at=at)
