"""What administrators say of a key."""
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from townhall.kernel.authority import selectors as authority
from townhall.residents.open311.models import ApiKey, Scope

SCOPES = [
    (Scope.READ, gettext_lazy("Read requests")),
    (Scope.WRITE, gettext_lazy("Send requests")),
    (Scope.UPDATES, gettext_lazy("Send updates")),
]

WIDE = forms.TextInput(attrs={"class": "govuk-input--width-20"})


class KeyForm(forms.Form):
    """What a key may do, how often, and whose it is."""

    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"), choices=SCOPES, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one thing that the key may do")},
    )  # fmt: skip
    per_minute = forms.IntegerField(
        label=gettext_lazy("Calls a minute"), min_value=1, max_value=6_000, initial=60,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
        error_messages={
            "required": gettext_lazy("Enter how many calls a minute"),
            "min_value": gettext_lazy("Enter a number from 1 to 6,000"),
            "max_value": gettext_lazy("Enter a number from 1 to 6,000"),
        },
    )  # fmt: skip
    authority_gss = forms.ChoiceField(
        label=gettext_lazy("The council it belongs to"), required=False,
        help_text=gettext_lazy("A council's key may also change the reports that we passed to it"),
    )  # fmt: skip
    jurisdiction = forms.CharField(
        label=gettext_lazy("Only for this jurisdiction_id"), required=False, max_length=100, widget=WIDE,
        help_text=gettext_lazy("Leave empty for any that we answer for"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(other.gss_code, other.name) for other in authority.neighbours()]
        self.fields["authority_gss"].choices = [("", _("No council")), *names]  # pyright: ignore[reportAttributeAccessIssue]


class NewKeyForm(KeyForm):
    """A new key, with the name of whoever gets it."""

    name = forms.CharField(
        label=gettext_lazy("Who or what gets the key"), max_length=100, widget=WIDE,
        error_messages={"required": gettext_lazy("Enter who or what gets the key")},
    )  # fmt: skip
    field_order = ["name", "scopes", "per_minute", "authority_gss", "jurisdiction"]

    def clean_name(self) -> str:
        """The name, which no other key has."""
        name = " ".join(self.cleaned_data["name"].split())
        if ApiKey.objects.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("Another key has this name already"))
        return name
