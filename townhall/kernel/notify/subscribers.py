"""Fills identity's port for codes; letters stay with whoever got them when a record turns out to be somebody's."""

from uuid import UUID

from townhall.kernel.identity.registries import code_sender
from townhall.kernel.notify.actions import send_code
from townhall.kernel.notify.models import Letter, Preference
from townhall.kernel.outbox.registries import Delivered, subscribe

code_sender.add("notify", send_code)


@subscribe("identity.people_joined.v1")
def move_to_the_proved_person(event: Delivered) -> None:
    """The letters of an unproved record belong to the person who proved its address, whose own preference stands."""
    old, new = UUID(event.payload["from_id"]), UUID(event.payload["person_id"])
    Letter.objects.filter(person=old).update(person=new)
    if Preference.objects.filter(person=new).exists():
        Preference.objects.filter(person=old).delete()
    else:
        Preference.objects.filter(person=old).update(person=new)
