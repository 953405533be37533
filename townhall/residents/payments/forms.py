"""What an officer says of a refund."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from townhall.kernel.modules.keys import uuid7
from townhall.residents.payments.rules import pounds

SUM = re.compile(r"£?\s*([0-9]{1,6}(?:,[0-9]{3})*)(?:\.([0-9]{2}))?")


class RefundForm(forms.Form):
    """How much goes back, and why. `key` is the form's own, so that pressing twice gives back once."""

    amount = forms.CharField(
        label=gettext_lazy("How much goes back, in pounds"), max_length=12,
        error_messages={"required": gettext_lazy("Enter how much goes back")},
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Stays with the case; the payer does not read it"),
        error_messages={"required": gettext_lazy("Enter why it goes back")},
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)

    def __init__(self, *args: Any, left_pence: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.left_pence = left_pence

    def clean_amount(self) -> int:
        """The sum in pence, no more than is left."""
        found = SUM.fullmatch(self.cleaned_data["amount"].strip())
        pence = int(Decimal(f"{found[1].replace(',', '')}.{found[2] or '00'}") * 100) if found else 0
        if not pence:
            raise forms.ValidationError(_("Enter a sum like 37 or 37.50"))
        if pence > self.left_pence:
            raise forms.ValidationError(_("No more than %(sum)s can go back") % {"sum": pounds(self.left_pence)})
        return pence
