"""The one form that is not a service's own: an address to mail a link to."""

from django import forms
from django.utils.translation import gettext, gettext_lazy

from townhall.kernel.identity.rules import tidy_email


class EmailForm(forms.Form):
    """An e-mail address."""

    email = forms.CharField(
        label=gettext_lazy("Email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Enter your email address")},
    )

    def clean_email(self) -> str:
        """The address, tidied."""
        address = tidy_email(self.cleaned_data["email"])
        if not address:
            raise forms.ValidationError(gettext("Enter an email address like name@example.com"))
        return address
