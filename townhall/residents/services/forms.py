"""The forms that are not a service's own: an address to mail a link to, who is to sign, and whether they do."""

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


class SignerForm(EmailForm):
    """Who is asked to sign."""

    name = forms.CharField(
        label=gettext_lazy("Full name"), max_length=200,
        error_messages={"required": gettext_lazy("Enter the full name of who is to sign")},
    )  # fmt: skip
    field_order = ("name", "email")


class SigningForm(forms.Form):
    """Whether somebody signs, and why not."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Do you sign this?"),
        choices=[("yes", gettext_lazy("Yes, I sign")), ("no", gettext_lazy("No, I do not sign"))],
        widget=forms.RadioSelect, error_messages={"required": gettext_lazy("Say whether you sign")},
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("If not, why?"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The council reads this, and may tell it to whoever applied."),
    )  # fmt: skip

    def clean(self) -> dict[str, str]:
        """Who says no says why."""
        said = super().clean() or {}
        if said.get("answer") == "no" and not str(said.get("reason", "")).strip():
            self.add_error("reason", gettext("Say why you do not sign"))
        return said


class PartnerForm(forms.Form):
    """Where a partner of a service is written to, and in which language; empty where a colleague writes."""

    email = forms.CharField(
        label=gettext_lazy("Email address"), max_length=254, required=False,
        help_text=gettext_lazy("Of an organisation, such as a licensing team. Empty: a colleague writes."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=gettext_lazy("Language of its letters"), choices=[("en", "English"), ("cy", "Cymraeg")]
    )

    def clean_email(self) -> str:
        """The address, tidied; empty where none was given."""
        typed = self.cleaned_data["email"].strip()
        address = tidy_email(typed)
        if typed and not address:
            raise forms.ValidationError(gettext("Enter an email address like name@example.com"))
        return address
