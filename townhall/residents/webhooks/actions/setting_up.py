"""Making, changing, stopping and starting webhooks. Each is kept in the list of changes, never with the secret."""

from datetime import datetime

from django.db import transaction

from townhall.kernel.identity.actions import note_change
from townhall.kernel.identity.models import Person
from townhall.residents.webhooks import rules
from townhall.residents.webhooks.models import Delivery, Hook, State


def make_hook(*, name: str, address: str, by: Person | None, at: datetime) -> Hook:
    """A new webhook with a secret of its own. It hears what happens from now on."""
    with transaction.atomic():
        hook = Hook.objects.create(name=name, address=address, secret=rules.make_secret(), created_at=at)
        note_change(by, f"webhook: {name}", {}, {"address": address}, at)
    return hook


def change_hook(*, hook: Hook, address: str, by: Person, at: datetime) -> None:
    """Send to another address from now on, also what waits."""
    with transaction.atomic():
        note_change(by, f"webhook: {hook.name}", {"address": hook.address}, {"address": address}, at)
        hook.address = address
        hook.save(update_fields=["address"])


def stop_hook(*, hook: Hook, by: Person, at: datetime) -> None:
    """Send nothing more, and keep nothing for it. What waits stays for when it is started again."""
    with transaction.atomic():
        if Hook.objects.filter(pk=hook.pk, stopped_at=None).update(stopped_at=at, stopped_because=""):
            note_change(by, f"webhook: {hook.name}", {"stopped": False}, {"stopped": True}, at)


def start_hook(*, hook: Hook, by: Person, at: datetime) -> None:
    """Send again: what waits or was given up goes now, oldest first for each case."""
    with transaction.atomic():
        if Hook.objects.filter(pk=hook.pk, stopped_at__isnull=False).update(stopped_at=None, stopped_because=""):
            late = Delivery.objects.filter(hook=hook, state__in=(State.WAITING, State.FAILED))
            late.update(state=State.WAITING, attempts=0, next_at=at)
            note_change(by, f"webhook: {hook.name}", {"stopped": True}, {"stopped": False}, at)
