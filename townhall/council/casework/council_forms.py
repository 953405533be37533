"""The forms for this council and its neighbours."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from townhall.council.casework.actions.council import plain
from townhall.kernel.authority.rules import Authority
from townhall.kernel.design import rules as design

DAYS = [
    ("0", _("Monday")), ("1", _("Tuesday")), ("2", _("Wednesday")), ("3", _("Thursday")), ("4", _("Friday")),
    ("5", _("Saturday")), ("6", _("Sunday")),
]  # fmt: skip
TIERS = [("district", _("District")), ("county", _("County")), ("unitary", _("Unitary"))]
NATIONS = [
    ("england", _("England")), ("wales", _("Wales")), ("scotland", _("Scotland")),
    ("northern_ireland", _("Northern Ireland")),
]  # fmt: skip


def text(label: Any, *, required: bool = False, hint: Any = "", missing: Any = "", most: int = 200) -> forms.CharField:
    """A field of one line."""
    errors = {"required": missing or _("Fill this in")}
    return forms.CharField(label=label, help_text=hint, required=required, max_length=most, error_messages=errors)


def lines(label: Any, *, hint: Any = "") -> forms.CharField:
    """A field of several lines."""
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )


def day_boxes(label: Any) -> forms.MultipleChoiceField:
    """Boxes for the days of a week."""
    return forms.MultipleChoiceField(label=label, choices=DAYS, required=False, widget=forms.CheckboxSelectMultiple)


def time_of_day(label: Any) -> forms.TimeField:
    """A time of day."""
    errors = {"invalid": _("Write a time like 08:30")}
    return forms.TimeField(
        label=label,
        required=False,
        input_formats=["%H:%M"],
        widget=forms.TimeInput(format="%H:%M"),
        error_messages=errors,
    )


class AuthorityForm(forms.Form):
    """What a council and a neighbour have in common. `known` is what is kept of it now."""

    gss_code = text(
        _("GSS code"), required=True, hint=_("Nine signs, as in E07000123"), missing=_("Give its GSS code"), most=9
    )
    tier = forms.ChoiceField(label=_("Kind of council"), choices=TIERS)
    name = text(_("Full name"), required=True, missing=_("Give the council’s name"))
    name_cy = text(_("Full name in Welsh"))
    short_name = text(
        _("Short name"), required=True, hint=_("As in Northmere"), missing=_("Give a short name"), most=40
    )
    telephone = text(_("Telephone"), most=40)
    website = text(_("Website"))

    def __init__(self, *args: Any, known: Authority | None, **kwargs: Any) -> None:
        super().__init__(*args, initial=self.of(known) if known else None, **kwargs)
        self.known = known
        if known and known.gss_code:
            del self.fields["gss_code"]

    def of(self, known: Authority) -> dict[str, Any]:
        """What is kept now, as the form shows it."""
        kept = plain(known)
        return kept | {"does": "\n".join(kept["does"]), "does_cy": "\n".join(kept["does_cy"])}

    def clean_gss_code(self) -> str:
        """A code as the Office for National Statistics gives them."""
        code = self.cleaned_data["gss_code"].upper().strip()
        if not re.fullmatch(r"[EWSN]\d{8}", code):
            raise forms.ValidationError(_("A GSS code is a letter and eight digits, as in E07000123"))
        return code

    def changes(self) -> dict[str, Any]:
        """What is to be kept, by the names that an authority has."""
        return {name: value for name, value in self.cleaned_data.items() if name != "gss_code"}


class CouncilForm(AuthorityForm):
    """Who we are: names, colours, how and when we are reached."""

    nation = forms.ChoiceField(label=_("Nation"), choices=NATIONS, help_text=_("Its bank holidays stop the clocks."))
    second_line = text(_("Second line"), hint=_("Under the short name, as in Borough Council"), most=60)
    colour_1 = text(_("Main colour"), required=True, hint=_("As in #571c45"), most=7)
    colour_2 = text(_("Second colour"), required=True, hint=_("As in #b9cf4a"), most=7)
    emergency_telephone = text(_("Telephone when we are closed"), most=40)
    staff_telephone = text(_("Help for staff"), most=40)
    text_relay = text(_("Text relay"), most=40)
    email = forms.EmailField(label=_("E-mail"), required=False)
    address = lines(_("Address"))
    days = day_boxes(_("The telephone is answered on"))
    opens = time_of_day(_("From"))
    shuts = time_of_day(_("To"))
    other_days = day_boxes(_("And on"))
    other_opens = time_of_day(_("From"))
    other_shuts = time_of_day(_("To"))

    ROWS = (("days", "opens", "shuts"), ("other_days", "other_opens", "other_shuts"))

    def of(self, known: Authority) -> dict[str, Any]:
        """What is kept now, with up to two rows of hours."""
        shown = super().of(known)
        for names, row in zip(self.ROWS, known.hours, strict=False):
            values = ([str(day) for day in row.days], f"{row.opens:%H:%M}", f"{row.shuts:%H:%M}")
            shown |= dict(zip(names, values, strict=True))
        return shown

    def clean_colour_1(self) -> str:
        """A colour."""
        return self._colour("colour_1")

    def clean_colour_2(self) -> str:
        """A colour."""
        return self._colour("colour_2")

    def _colour(self, name: str) -> str:
        try:
            return design.tidy_colour(self.cleaned_data[name].strip())
        except design.ColourError as error:
            raise forms.ValidationError(_("Write a colour as # and six signs, as in #571c45")) from error

    def clean(self) -> dict[str, Any]:
        """A row of hours is whole, and ends after it begins."""
        cleaned = super().clean() or self.cleaned_data
        for on, opens, shuts in self.ROWS:
            given = [bool(cleaned.get(name)) for name in (on, opens, shuts)]
            if any(given) and not all(given):
                self.add_error(on, _("Choose the days, and say from when to when"))
            elif all(given) and cleaned[opens] >= cleaned[shuts]:
                self.add_error(shuts, _("This must be later than the time before it"))
        return cleaned

    def changes(self) -> dict[str, Any]:
        """The values as an authority has them, hours as rows."""
        kept = super().changes()
        rows = [tuple(kept.pop(name) for name in names) for names in self.ROWS]
        kept["hours"] = [
            {"days": sorted(map(int, on)), "opens": f"{opens:%H:%M}", "shuts": f"{shuts:%H:%M}"}
            for on, opens, shuts in rows if on
        ]  # fmt: skip
        return kept


class NeighbourForm(AuthorityForm):
    """Another council: what it does, and how reports reach it."""

    does = lines(_("What it looks after"), hint=_("One to a line, in plain words"))
    does_cy = lines(_("What it looks after, in Welsh"))
    open311_url = text(
        _("Address of its Open311 server"), hint=_("Ends in /v2/. Reports that belong to it are sent there.")
    )
    open311_jurisdiction = text(_("Its jurisdiction_id"), hint=_("Only where its server asks for one"))
    open311_key = forms.CharField(
        label=_("Key that it gave us"), help_text=_("Leave empty to keep the one we have. It is never shown."),
        required=False, max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def clean_open311_url(self) -> str:
        """An address of the web."""
        address = self.cleaned_data["open311_url"].strip()
        if address and not re.match(r"https?://[^/\s]+", address):
            raise forms.ValidationError(_("Write the whole address, beginning with https://"))
        return address

    def changes(self) -> dict[str, Any]:
        """The values as an authority has them; an empty key is left as it was."""
        kept = super().changes()
        for name in ("does", "does_cy"):
            kept[name] = [line.strip() for line in kept[name].splitlines() if line.strip()]
        if not kept["open311_key"]:
            del kept["open311_key"]
        return kept
