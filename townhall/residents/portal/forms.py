"""What a person tells us about themselves and how to reach them."""
from django import forms
from django.utils.translation import gettext_lazy as _


class PreferenceForm(forms.Form):
    """How to reach the person."""

    channel = forms.ChoiceField(
        label=_("How we write to you"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("any", _("Whichever reaches me")),
            ("email", _("Email")),
            ("sms", _("Text message")),
            ("post", _("Letter by post")),
        ],
    )
    language = forms.ChoiceField(
        label=_("Language of letters"), widget=forms.RadioSelect, choices=[("en", "English"), ("cy", "Cymraeg")]
    )
    large_print = forms.BooleanField(label=_("Large print (18 point) for letters by post"), required=False)


class DetailsForm(forms.Form):
    """Name and address."""

    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    address = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "class": "govuk-input--width-10"}),
    )
