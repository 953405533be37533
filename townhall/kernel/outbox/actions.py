"""Publishing. A request writes rows and nothing else; the relay tells everybody."""

from collections.abc import Sequence

from django.db import transaction

from townhall.kernel.outbox.events import Fact
from townhall.kernel.outbox.models import Event
from townhall.kernel.outbox.nudge import nudger


def publish(*facts: Fact) -> None:
    """Write the facts in the transaction of the change they tell of. Raises TransactionManagementError outside one."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("publish needs the transaction of the change it tells of")
    Event.objects.bulk_create(rows(facts))
    transaction.on_commit(nudger.ask)


def rows(facts: Sequence[Fact]) -> list[Event]:
    """The facts as unsaved outbox rows, for bulk loads."""
    return [
        Event(kind=fact.kind, case_id=fact.case_id, number=fact.number, payload=fact.payload(), at=fact.at)
        for fact in facts
    ]


def nudge() -> None:
    """Wake the relay soon, after a commit of events that were not written by `publish`."""
    nudger.ask()
