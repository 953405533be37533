"""What follows from events: forms that were joined to a proved person."""

from uuid import UUID

from townhall.kernel.outbox.events import Delivered
from townhall.kernel.outbox.registries import subscribe
from townhall.residents.services.models import Application


@subscribe("identity.people_joined.v1")
def move_to_the_proved_person(event: Delivered) -> None:
    """What an unproved record held belongs to the person who proved the address."""
    old, new = UUID(event.payload["from_id"]), UUID(event.payload["person_id"])
    Application.objects.filter(person=old).update(person=new)
