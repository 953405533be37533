"""A provider that moves no money and has every failure: whoever pays chooses on its page what happens.

It is a party of its own: nothing here looks at our payments, and they learn of it what they would learn of any
provider, by asking.
"""

from typing import ClassVar

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from townhall.residents.payments.models import SandboxCharge
from townhall.residents.payments.providers.base import Down, RefundRefused, Started, TimedOut, Wanted
from townhall.residents.payments.rules import CANCELLED, DECLINED, EXPIRED, PAID, PENDING, Said

NOW_PAID = {"paid", "never_back", "down", "twice", "wrong_amount", "refuses_refunds"}
ENDS = {"declined": DECLINED, "cancelled": CANCELLED, "expired": EXPIRED}
CHOICES = ("paid", *ENDS, "down", "never_back", "twice", "wrong_amount", "refuses_refunds", "nothing")
"""What can be chosen on its page. `nothing`: the payer closes the page and no more is heard."""
AT_START = ("works", "down", "times_out")
SILENT_TIMES = 2


class Sandbox:
    """The provider of the demo and of tests. `mood` is what happens when a payment is begun."""

    code: ClassVar[str] = "sandbox"

    def __init__(self, mood: str = "works") -> None:
        self.mood = mood

    def start(self, wanted: Wanted) -> Started:
        """Begin a payment: a second time under one key finds the first."""
        if self.mood == "down":
            raise Down("the sandbox is down")
        charge, _is_new = SandboxCharge.objects.get_or_create(
            key=wanted.key,
            defaults={
                "amount_pence": wanted.amount_pence, "reference": wanted.reference, "about": wanted.about,
                "return_url": wanted.return_url,
            },
        )  # fmt: skip
        if self.mood == "times_out":
            raise TimedOut("the sandbox took too long")
        return Started(str(charge.pk), reverse("payments:sandbox", args=[charge.pk]))

    def ask(self, reference: str) -> Said:
        """What was chosen on its page."""
        with transaction.atomic():
            charge = SandboxCharge.objects.select_for_update().get(pk=reference)
            if charge.silent_for:
                SandboxCharge.objects.filter(pk=charge.pk).update(silent_for=F("silent_for") - 1)
                is_silent = True
            else:
                is_silent = False
        if is_silent:
            raise Down("the sandbox does not answer")
        return Said(charge.outcome, charge.taken_pence)

    def cancel(self, reference: str) -> None:
        """Nobody can pay it any more."""
        SandboxCharge.objects.filter(pk=reference, outcome=PENDING).update(outcome=CANCELLED)

    def refund(self, reference: str, key: str, amount_pence: int) -> None:
        """Send back, once for each key."""
        with transaction.atomic():
            charge = SandboxCharge.objects.select_for_update().get(pk=reference)
            if charge.refuses_refunds:
                raise RefundRefused("the card is closed")
            if key in charge.refunded:
                return
            if sum(charge.refunded.values()) + amount_pence > charge.taken_pence:
                raise RefundRefused("more than was taken")
            charge.refunded[key] = amount_pence
            charge.save(update_fields=["refunded"])


def choose(charge_id: object, choice: str) -> SandboxCharge:
    """Let happen what was chosen on the sandbox's page; what has ended stays as it is."""
    with transaction.atomic():
        charge = SandboxCharge.objects.select_for_update().get(pk=charge_id)
        if charge.outcome == PENDING and choice in NOW_PAID:
            charge.outcome = PAID
            charge.taken_pence = (charge.amount_pence // 2 or 2) if choice == "wrong_amount" else charge.amount_pence
            charge.silent_for = SILENT_TIMES if choice == "down" else 0
            charge.refuses_refunds = choice == "refuses_refunds"
        elif charge.outcome == PENDING and choice in ENDS:
            charge.outcome = ENDS[choice]
        charge.save()
    return charge
