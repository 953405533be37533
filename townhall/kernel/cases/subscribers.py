"""What cases do about events: who may hear of them live, and the letters that went out."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection, transaction

from townhall.kernel.cases.models import Case, Entry
from townhall.kernel.live.registries import Audience, audiences
from townhall.kernel.outbox.events import Delivered
from townhall.kernel.outbox.registries import subscribe


@audiences.register("cases")
def audience(events: Sequence[Delivered]) -> dict[UUID, Audience]:
    """Who may hear of an event of a case: whoever may see the case."""
    wanted = {event.case_id for event in events if event.case_id}
    cases = {
        case.pk: case
        for case in Case.objects.filter(pk__in=wanted).only("is_public", "team_id", "reporter_id", "assignee_id")
    }
    return {
        event.id: Audience(
            is_public=case.is_public,
            team_id=case.team_id,
            people=tuple(person for person in (case.reporter_id, case.assignee_id) if person),
        )
        for event in events
        if event.case_id and (case := cases.get(event.case_id))
    }


@subscribe("identity.people_joined.v1")
def move_to_the_proved_person(event: Delivered) -> None:
    """The cases of an unproved record, and what it said on any, belong to the person who proved its address.

    On timelines only the key of whoever spoke moves; the database refuses any other change. A pointer from the old
    record to the new one would have to be followed by every page and every search for a person, and would keep the old
    record for ever; who it was is still in the event.
    """
    old, new = UUID(event.payload["from_id"]), UUID(event.payload["person_id"])
    with transaction.atomic(), connection.cursor() as cursor:
        Case.objects.filter(reporter_id=old).update(reporter_id=new)
        cursor.execute("set local townhall.joining = 'on'")
        Entry.objects.filter(actor_id=old).update(actor_id=new)
        calls = Entry.objects.filter(case__reporter_id=new, kind="contact", data__caller=str(old))
        for call in calls:
            Entry.objects.filter(pk=call.pk).update(data=call.data | {"caller": str(new)})
        cursor.execute("set local townhall.joining = 'off'")
