"""What payments hold about people: what somebody was asked for, paid and got back. Never a card."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from townhall.kernel.identity.models import Person
from townhall.kernel.privacy.registries import Holding, Record, Retention, holding, not_personal
from townhall.residents.payments import rules, selectors
from townhall.residents.payments.models import Payment

KEPT_DAYS = 2_190
"""Six years, in which a contract can be sued on (Limitation Act 1980, s. 5)."""


def find_payments(person: Person) -> list[Record]:
    """What the person was asked for and paid."""
    found = Payment.objects.filter(case__reporter=person).select_related("case").order_by("id")
    return [_record(each) for each in found]


def _record(payment: Payment) -> Record:
    values = {
        _("What for"): payment.title(selectors.language()), _("Reference"): payment.case.reference,
        _("Payment reference"): payment.reference, _("Asked for"): rules.pounds(payment.amount_pence),
        _("Paid"): rules.pounds(payment.paid_pence), _("Paid back"): rules.pounds(payment.returned_pence()),
        _("State"): selectors.state_words(payment),
    }  # fmt: skip
    return Record(_("Payment"), payment.created_at, values)


def old_payments(moment: datetime) -> "QuerySet[Payment]":
    """Payments that ended before a moment."""
    return Payment.objects.filter(ended_at__lt=moment)


holding(Holding(
    key="payments.payments", title=gettext_lazy("What you paid"),
    lawful_basis=gettext_lazy("Legal obligation, to keep accounts (UK GDPR, Article 6(1)(c))"),
    retention=Retention(KEPT_DAYS, gettext_lazy("the payment ended"), old_payments),
    models=("payments.Payment", "payments.Attempt", "payments.Refund"), find=find_payments,
))  # fmt: skip
not_personal.add("payments.SandboxCharge", "the sandbox's own side of payments that move no money")
