"""The relay keeps the map: in its own transaction, before open pages are told to look again."""

from collections.abc import Sequence

from townhall.kernel.mapping import actions
from townhall.kernel.outbox.events import Delivered
from townhall.kernel.outbox.registries import subscribe_batch


@subscribe_batch("*")
def keep_the_map(events: Sequence[Delivered]) -> None:
    """Count the cases that the events are about as what they are now."""
    keys = {event.case_id for event in events if event.case_id}
    if keys:
        actions.refresh(sorted(keys), at=max(event.at for event in events))
