"""What administrators say of something to book, and officers of a day that is closed."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from townhall.residents.bookings.models import Resource
from townhall.residents.bookings.selectors import weekday_words

SPAN = re.compile(r"((?:[01]?[0-9]|2[0-3])[:.][0-5][0-9])\s*-\s*((?:[01]?[0-9]|2[0-3])[:.][0-5][0-9])")
CODE = re.compile(r"[a-z][a-z0-9_]{0,59}")
WIDE = forms.TextInput(attrs={"class": "govuk-input--width-20"})
SMALL = {"class": "govuk-input--width-4", "inputmode": "numeric"}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _number(label: Any, least: int, most: int, hint: Any = "") -> forms.IntegerField:
    wrong = gettext_lazy("Enter a whole number")
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, help_text=hint, widget=forms.TextInput(attrs=SMALL),
        error_messages={"required": wrong, "invalid": wrong},
    )  # fmt: skip


def _hours() -> forms.CharField:
    return forms.CharField(required=False, max_length=200, widget=WIDE)


class ResourceForm(forms.Form):
    """Something to book: its names, its week, and its numbers."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=100, error_messages={"required": gettext_lazy("Enter a name")}
    )
    name_cy = forms.CharField(label=gettext_lazy("Name in Welsh"), max_length=100, required=False)
    code = forms.CharField(
        label=gettext_lazy("What services call it"), max_length=60, widget=WIDE,
        help_text=gettext_lazy("The word after booking: in a process. Several can share it, such as three vans"),
        error_messages={"required": gettext_lazy("Enter what services call it")},
    )  # fmt: skip
    monday, tuesday, wednesday, thursday = _hours(), _hours(), _hours(), _hours()
    friday, saturday, sunday = _hours(), _hours(), _hours()
    slot_minutes = _number(gettext_lazy("Minutes of one booking"), 0, 1_440, gettext_lazy("0: each opening is one"))
    capacity = _number(gettext_lazy("Bookings at one time"), 1, 10_000)
    notice_days = _number(gettext_lazy("Days of notice"), 0, 365, gettext_lazy("1: until the day before"))
    ahead_days = _number(gettext_lazy("Days ahead"), 1, 730, gettext_lazy("How far into the future one can book"))
    hold_minutes = _number(gettext_lazy("Minutes that a place is held while somebody pays"), 1, 1_440)
    change_days = _number(
        gettext_lazy("Days before, until which it can be moved or given up"), 0, 365
    )
    is_active = forms.BooleanField(label=gettext_lazy("It can be booked"), required=False)

    def __init__(self, *args: Any, resource: Resource | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.resource = resource
        for number, name in enumerate(DAYS):
            self.fields[name].label = weekday_words(number)

    def clean_code(self) -> str:
        """A word of a process."""
        code = self.cleaned_data["code"].strip()
        if not CODE.fullmatch(code) or code in {"confirm", "cancel"}:
            raise forms.ValidationError(_("Use small letters, digits and _, a letter first"))
        return code

    def clean_name(self) -> str:
        """A name that nothing else has."""
        name = " ".join(self.cleaned_data["name"].split())
        others = Resource.objects.exclude(pk=self.resource.pk) if self.resource else Resource.objects.all()
        if others.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("Something else has this name already"))
        return name

    def clean(self) -> dict[str, Any]:
        """The week, from the hours of each day."""
        held: dict[str, Any] = super().clean() or {}
        openings = list[list[Any]]()
        for number, name in enumerate(DAYS):
            for text in filter(None, (each.strip() for each in str(held.pop(name, "") or "").split(","))):
                found = SPAN.fullmatch(text)
                begins, ends = (each.replace(".", ":").zfill(5) for each in found.groups()) if found else ("", "")
                if begins >= ends:
                    self.add_error(name, _("Enter hours like 09:00-12:30, or several with a comma between"))
                    break
                openings.append([number, begins, ends])
        held["openings"] = openings
        return held


class DayForm(forms.Form):
    """Why a day is closed."""

    day = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Why is the day closed?"), max_length=200,
        help_text=gettext_lazy("Whoever is booked reads this in the letter"),
        error_messages={"required": gettext_lazy("Enter why the day is closed")},
    )  # fmt: skip

    def clean_day(self) -> date:
        """The day."""
        try:
            return date.fromisoformat(self.cleaned_data["day"])
        except ValueError as problem:
            raise forms.ValidationError(_("Choose a day")) from problem


def initial_of(resource: Resource) -> dict[str, Any]:
    """A resource as its form shows it."""
    week: dict[str, list[str]] = {}
    for weekday, begins, ends in sorted(resource.pattern.openings):
        week.setdefault(DAYS[weekday], []).append(f"{begins}-{ends}")
    plain = {name: getattr(resource, name) for name in ResourceForm.base_fields if hasattr(resource, name)}
    return plain | {name: ", ".join(hours) for name, hours in week.items()}
