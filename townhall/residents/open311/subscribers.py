"""What Open311 does when something happened here."""
from uuid import UUID

from townhall.kernel.outbox.events import Delivered
from townhall.kernel.outbox.registries import subscribe
from townhall.residents.open311.actions.forwarding import forward, tell


@subscribe("reports.report_received.v1")
def send_on(event: Delivered) -> None:
    """A report that belongs to another authority waits to be sent to its server."""
    if event.payload["belongs_to"] and event.case_id:
        forward(case_id=event.case_id, gss_code=event.payload["belongs_to"], at=event.at)


@subscribe("cases.update_added.v1")
def tell_on(event: Delivered) -> None:
    """What the public adds to a case that another authority has waits to be told to it."""
    if event.case_id:
        tell(case_id=event.case_id, entry_id=UUID(event.payload["entry_id"]), at=event.at)
