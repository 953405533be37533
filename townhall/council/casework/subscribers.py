"""Calls stay with whoever made them when a record turns out to be somebody's."""

from uuid import UUID

from townhall.council.casework.models import Contact
from townhall.kernel.outbox.registries import Delivered, subscribe


@subscribe("identity.people_joined.v1")
def move_to_the_proved_person(event: Delivered) -> None:
    """The calls of an unproved record were those of the person who has proved its address."""
    old, new = UUID(event.payload["from_id"]), UUID(event.payload["person_id"])
    Contact.objects.filter(person=old).update(person=new)
