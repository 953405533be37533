"""What happens on events: each public one is put in line for each webhook, in the relay's transaction."""

from collections.abc import Sequence

from townhall.kernel.outbox.events import Delivered
from townhall.kernel.outbox.registries import subscribe_batch
from townhall.residents.webhooks import actions
from townhall.residents.webhooks.rules import PUBLIC_KINDS


@subscribe_batch(*sorted(PUBLIC_KINDS))
def tell(events: Sequence[Delivered]) -> None:
    """Put public events in line."""
    actions.tell(events)
