"""What administrators say of a webhook."""

import re
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from townhall.residents.webhooks.models import Hook, System

WIDE = forms.TextInput(attrs={"class": "govuk-input--width-20"})


class HookForm(forms.Form):
    """Where it sends to."""

    address = forms.CharField(
        label=gettext_lazy("Address that is told"), max_length=500, widget=forms.TextInput(attrs={"inputmode": "url"}),
        help_text=gettext_lazy("It begins with https:// and is reached over the internet"),
        error_messages={"required": gettext_lazy("Enter the address")},
    )  # fmt: skip

    def clean_address(self) -> str:
        """An https address, or one on a host that the operator has allowed by name."""
        address = self.cleaned_data["address"].strip()
        try:
            parts = urlsplit(address)
            _is_whole = (parts.port, (parts.hostname or "").encode("idna"))
        except ValueError as problem:
            raise forms.ValidationError(_("Enter a whole address, such as https://example.org/told")) from problem
        is_allowed = parts.hostname in settings.TOWNHALL_PRIVATE_HOSTS and parts.scheme in {"http", "https"}
        if not parts.hostname or not (parts.scheme == "https" or is_allowed) or parts.username:
            raise forms.ValidationError(_("Enter an address that begins with https://, without a name or password"))
        return address


class NewHookForm(HookForm):
    """A new webhook, with the name of whoever is told."""

    name = forms.CharField(
        label=gettext_lazy("Who or what is told"), max_length=100, widget=WIDE,
        error_messages={"required": gettext_lazy("Enter who or what is told")},
    )  # fmt: skip
    field_order = ["name", "address"]

    def clean_name(self) -> str:
        """The name, which no other webhook has."""
        name = " ".join(self.cleaned_data["name"].split())
        if Hook.objects.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("Another webhook has this name already"))
        return name


class NewSystemForm(HookForm):
    """A new system, with the name that packages of services call it by."""

    name = forms.CharField(
        label=gettext_lazy("Name of the system in packages"), max_length=60, widget=WIDE,
        help_text=gettext_lazy("As it stands after webhook: in process.yaml; small letters, digits and _"),
        error_messages={"required": gettext_lazy("Enter the name of the system")},
    )  # fmt: skip
    field_order = ["name", "address"]

    def clean_name(self) -> str:
        """The name, which no other system has."""
        name = self.cleaned_data["name"]
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", name):
            raise forms.ValidationError(_("Use small letters a to z, digits and _, a letter first"))
        if System.objects.filter(name=name).exists():
            raise forms.ValidationError(_("Another system has this name already"))
        return name
