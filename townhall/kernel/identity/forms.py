"""What people type to sign in and to set up who works here."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from townhall.kernel.identity import rules
from townhall.kernel.identity.models import Organisation, Person, PersonKey, Role, Team

ROLE_NAMES = {
    Role.OFFICER: gettext_lazy("Officer"),
    Role.CALL_HANDLER: gettext_lazy("Call handler"),
    Role.MANAGER: gettext_lazy("Manager"),
    Role.ADMINISTRATOR: gettext_lazy("Administrator"),
    Role.PARTNER: gettext_lazy("Partner or contractor"),
}
DIGITS = {"inputmode": "numeric", "autocomplete": "one-time-code", "class": "govuk-input--width-10"}


class AddressForm(forms.Form):
    """An e-mail address or a UK mobile number."""

    address = forms.CharField(
        label=gettext_lazy("Email address or UK mobile number"),
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username webauthn", "spellcheck": "false", "autocapitalize": "none"}
        ),
        error_messages={"required": gettext_lazy("Enter an email address or a UK mobile number")},
    )

    def clean_address(self) -> rules.Contact:
        """The address in its stored form."""
        contact = rules.contact(self.cleaned_data["address"])
        if contact is None:
            raise forms.ValidationError(
                _("Enter an email address like name@example.org, or a mobile number like 07700 900 982")
            )
        return contact


class EmailForm(forms.Form):
    """An e-mail address of somebody who works here."""

    address = forms.CharField(
        label=gettext_lazy("Work email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={"required": gettext_lazy("Enter your work email address")},
    )

    def clean_address(self) -> rules.Contact:
        """The address in its stored form."""
        address = rules.tidy_email(self.cleaned_data["address"])
        if not address:
            raise forms.ValidationError(_("Enter an email address like name@example.org"))
        return rules.Contact("email", address)


class CodeForm(forms.Form):
    """The digits that were sent, or that an app shows."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=20,
        widget=forms.TextInput(attrs=DIGITS),
        error_messages={"required": gettext_lazy("Enter the code")},
    )


class PostedCodeForm(forms.Form):
    """The code of a letter, with the postcode it went to."""

    postcode = forms.CharField(
        label=gettext_lazy("Your postcode"),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "class": "govuk-input--width-10"}),
        error_messages={"required": gettext_lazy("Enter your postcode")},
    )
    code = forms.CharField(
        label=gettext_lazy("Code in the letter"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-10", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Enter the code in the letter")},
    )


class PasswordForm(forms.Form):
    """How staff begin to sign in."""

    email = forms.CharField(
        label=gettext_lazy("Work email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
        error_messages={"required": gettext_lazy("Enter your work email address")},
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("Enter your password")},
    )


class OnlyPasswordForm(forms.Form):
    """The password of whoever is signed in."""

    password = PasswordForm.base_fields["password"]


class NewPasswordForm(forms.Form):
    """A password to use from now on."""

    password = forms.CharField(
        label=gettext_lazy("New password"),
        max_length=1000,
        strip=False,
        help_text=gettext_lazy("At least 12 characters. Three or four words that do not belong together are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": gettext_lazy("Enter a new password")},
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        """A password that is long enough and not a common one."""
        validate_password(self.cleaned_data["password"], self.person)
        return self.cleaned_data["password"]


class PasskeyForm(forms.Form):
    """What the browser answers for a passkey."""

    credential = forms.JSONField(widget=forms.HiddenInput)
    name = forms.CharField(required=False, max_length=60)

    def clean_credential(self) -> dict[str, Any]:
        """The answer as an object."""
        if not isinstance(self.cleaned_data["credential"], dict):
            raise forms.ValidationError(_("The passkey did not answer"))
        return self.cleaned_data["credential"]


class OrganisationForm(forms.ModelForm):
    """An organisation."""

    class Meta:
        model = Organisation
        fields = ["name", "kind"]
        labels = {"name": gettext_lazy("Name"), "kind": gettext_lazy("What it is to the council")}
        widgets = {"name": forms.TextInput, "kind": forms.RadioSelect}


class TeamForm(forms.ModelForm):
    """A team."""

    class Meta:
        model = Team
        fields = ["name", "name_cy", "code", "organisation", "email", "telephone", "is_active"]
        labels = {
            "name": gettext_lazy("Name"),
            "name_cy": gettext_lazy("Name in Welsh"),
            "code": gettext_lazy("Short name"),
            "organisation": gettext_lazy("Organisation"),
            "email": gettext_lazy("Email"),
            "telephone": gettext_lazy("Telephone"),
            "is_active": gettext_lazy("In use"),
        }
        help_texts = {"code": gettext_lazy("Small letters, digits and hyphens. Routing rules and imports use it.")}
        widgets = {"name": forms.TextInput, "name_cy": forms.TextInput, "telephone": forms.TextInput}


class PersonForm(forms.ModelForm):
    """Somebody who works here."""

    email = forms.CharField(label=gettext_lazy("Work email address"), max_length=254, widget=forms.EmailInput)

    class Meta:
        model = Person
        fields = ["name", "email", "phone", "language"]
        labels = {
            "name": gettext_lazy("Name"),
            "phone": gettext_lazy("Telephone"),
            "language": gettext_lazy("Language"),
        }
        widgets = {"name": forms.TextInput, "phone": forms.TextInput, "language": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True

    def clean_email(self) -> str:
        """The address in its stored form."""
        address = rules.tidy_email(self.cleaned_data["email"])
        if not address:
            raise forms.ValidationError(_("Enter an email address like name@example.org"))
        return address

    def clean_phone(self) -> str | None:
        """The number in its stored form, or nothing."""
        typed = self.cleaned_data["phone"]
        if typed and not rules.tidy_phone(typed):
            raise forms.ValidationError(_("Enter a UK telephone number, like 01632 960 001"))
        return rules.tidy_phone(typed) if typed else None


class RoleForm(forms.Form):
    """A place in a team."""

    team = forms.ModelChoiceField(
        label=gettext_lazy("Team"),
        queryset=Team.objects.none(),
        error_messages={"required": gettext_lazy("Choose a team")},
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        widget=forms.RadioSelect,
        choices=list(ROLE_NAMES.items()),
        error_messages={"required": gettext_lazy("Choose a role")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = Team.objects.filter(is_active=True)  # pyright: ignore[reportAttributeAccessIssue]


class NewPersonForm(RoleForm):
    """Somebody new who works here, with a first place in a team."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=200, error_messages={"required": gettext_lazy("Enter a name")}
    )
    email = forms.CharField(label=gettext_lazy("Work email address"), max_length=254, widget=forms.EmailInput)
    field_order = ("name", "email", "team", "role")

    clean_email = PersonForm.clean_email


class PersonKeyForm(forms.Form):
    """What a colleague's key to the API is for, and what it may do."""

    name = forms.CharField(
        label=gettext_lazy("What it is for"), max_length=100,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
        error_messages={"required": gettext_lazy("Enter what it is for")},
    )  # fmt: skip
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"), choices=PersonKey.Scope.choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one thing that the key may do")},
    )  # fmt: skip
