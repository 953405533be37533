"""What follows from payments: the receipt, and letters about money that goes back."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language

from townhall.kernel.cases.registries import askers
from townhall.kernel.design import dates
from townhall.kernel.notify import actions as notify
from townhall.kernel.outbox.events import Delivered
from townhall.kernel.outbox.registries import subscribe
from townhall.residents.payments import rules
from townhall.residents.payments.models import Payment


@subscribe("payments.payment_received.v1")
def send_receipt(event: Delivered) -> None:
    """The receipt; where nobody waited for the money, that it goes back."""
    kind = "payment_received" if event.payload["is_wanted"] else "payment_not_needed"
    _write(event, kind, f"payment:{event.payload['payment_id']}:received")


@subscribe("payments.refund_ended.v1")
def tell_of_refund(event: Delivered) -> None:
    """That money went back. What the provider refused is a task for a colleague first."""
    if event.payload["is_done"]:
        _write(event, "payment_returned", f"refund:{event.payload['refund_id']}")


def _write(event: Delivered, kind: str, key: str) -> None:
    payment = Payment.objects.select_related("case__reporter").get(pk=UUID(event.payload["payment_id"]))
    person, asker = payment.case.reporter, askers.get(payment.case.kind)
    if person is None or asker is None:
        return
    with translation.override(person.language):
        values: dict[str, Any] = {
            "name": person.name or payment.case.reference, "about": payment.title(person.language),
            "amount": rules.pounds(int(event.payload["amount_pence"])), "payment_reference": payment.reference,
            "reference": payment.case.reference, "day": _day(event),
            "link": asker.link(payment.case, reverse("payments:pay", args=[payment.pk])),
        }  # fmt: skip
        notify.write(kind=kind, key=key, values=values, at=event.at, person=person, case_id=payment.case_id)


def _day(event: Delivered) -> str:
    return dates.day(timezone.localtime(event.at).date(), "cy" if get_language() == "cy" else "en")
