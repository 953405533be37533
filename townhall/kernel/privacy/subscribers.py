"""Who looked stays known when a record turns out to be somebody's."""

from uuid import UUID

from townhall.kernel.outbox.registries import Delivered, subscribe
from townhall.kernel.privacy.models import Disclosure, Look


@subscribe("identity.people_joined.v1")
def move_to_the_proved_person(event: Delivered) -> None:
    """Looks at an unproved record were looks at the person who has proved its address."""
    old, new = UUID(event.payload["from_id"]), UUID(event.payload["person_id"])
    Look.objects.filter(person=old).update(person=new)
    Disclosure.objects.filter(person=old).update(person=new)
