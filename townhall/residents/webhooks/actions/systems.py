"""Setting up the systems that processes call. Each change is kept in the list of changes, never with the secret."""

from datetime import datetime

from django.db import transaction

from townhall.kernel.identity.actions import note_change
from townhall.kernel.identity.models import Person
from townhall.residents.webhooks import rules
from townhall.residents.webhooks.models import Call, System


def make_system(*, name: str, address: str, by: Person | None, at: datetime) -> System:
    """A system with a secret of its own. What processes order of its name goes there from now on."""
    with transaction.atomic():
        system = System.objects.create(name=name, address=address, secret=rules.make_secret(), created_at=at)
        note_change(by, f"system: {name}", {}, {"address": address}, at)
    return system


def change_system(*, system: System, address: str, by: Person, at: datetime) -> None:
    """Call another address from now on, also with what waits."""
    with transaction.atomic():
        note_change(by, f"system: {system.name}", {"address": system.address}, {"address": address}, at)
        system.address = address
        system.save(update_fields=["address"])


def stop_system(*, system: System, by: Person, at: datetime) -> None:
    """Call it no more. What waits has failed: its processes hear so, or a colleague is asked."""
    with transaction.atomic():
        if System.objects.filter(pk=system.pk, stopped_at=None).update(stopped_at=at):
            Call.objects.filter(system=system, state=Call.State.WAITING).update(next_at=at)
            note_change(by, f"system: {system.name}", {"stopped": False}, {"stopped": True}, at)


def start_system(*, system: System, by: Person, at: datetime) -> None:
    """Call it again with what is ordered from now on."""
    with transaction.atomic():
        if System.objects.filter(pk=system.pk, stopped_at__isnull=False).update(stopped_at=None):
            note_change(by, f"system: {system.name}", {"stopped": True}, {"stopped": False}, at)
