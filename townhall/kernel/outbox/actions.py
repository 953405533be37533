"""Publishing. A request writes rows and nothing else; the relay tells everybody."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from townhall.kernel.modules.keys import uuid7
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
    return [Event(**plain) for plain in plain_rows(facts)]


def plain_rows(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    """The facts as the columns of outbox rows, for writers that do without the ORM."""
    return [
        {
            "id": uuid7(), "kind": fact.kind, "case_id": fact.case_id, "number": fact.number,
            "payload": fact.payload(), "at": fact.at, "relayed_at": None,
        }
        for fact in facts
    ]  # fmt: skip


def nudge() -> None:
    """Wake the relay soon, after a commit of events that were not written by `publish`."""
    nudger.ask()
