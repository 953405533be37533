"""What happens to payments."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from townhall.kernel.outbox.events import Fact


@dataclass(frozen=True, kw_only=True)
class PaymentAsked(Fact):
    """Somebody is asked to pay."""

    kind: ClassVar[str] = "payments.payment_asked.v1"
    payment_id: UUID
    amount_pence: int


@dataclass(frozen=True, kw_only=True)
class PaymentReceived(Fact):
    """A provider says that it has the money. `is_wanted`: somebody still waited for it; else it goes back."""

    kind: ClassVar[str] = "payments.payment_received.v1"
    payment_id: UUID
    amount_pence: int
    is_wanted: bool


@dataclass(frozen=True, kw_only=True)
class PaymentClosed(Fact):
    """Nobody waits for the payment any more: its time is over (`expired`), or what it was for is not wanted."""

    kind: ClassVar[str] = "payments.payment_closed.v1"
    payment_id: UUID
    state: str


@dataclass(frozen=True, kw_only=True)
class RefundEnded(Fact):
    """Money went back, or the provider refused to send it."""

    kind: ClassVar[str] = "payments.refund_ended.v1"
    payment_id: UUID
    refund_id: UUID
    amount_pence: int
    is_done: bool
