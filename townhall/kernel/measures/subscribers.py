"""The relay keeps the roll-up: in its own transaction, so that an event counts exactly once."""

from collections.abc import Sequence

from townhall.kernel.measures import actions
from townhall.kernel.measures.events import MeasuresMoved
from townhall.kernel.outbox import actions as outbox
from townhall.kernel.outbox.events import Delivered
from townhall.kernel.outbox.registries import subscribe_batch


@subscribe_batch("*")
def count(events: Sequence[Delivered]) -> None:
    """Add what the events change, and say which measures moved."""
    moved = actions.add((event.kind, event.at, event.payload) for event in events)
    if moved:
        outbox.publish(MeasuresMoved(at=events[-1].at, measures=sorted(moved)))
