"""What leads say of people's weeks and skills, and what people say of tasks that they move."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from townhall.council.rota.models import Change, Skill, Worker
from townhall.council.rota.rules import hours_in
from townhall.kernel.catalogue.words import NAME

WIDE = forms.TextInput(attrs={"class": "govuk-input--width-20"})
SMALL = forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"})
DAY = forms.DateInput(attrs={"type": "date"})
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WRONG_NUMBER = gettext_lazy("Enter a whole number")
WRONG_DATE = gettext_lazy("Enter a date, as in 14/5/2026")
WRONG_HOURS = gettext_lazy("Enter hours like 09:00-12:30, or several with a comma between")


def _number(label: Any, least: int, most: int, hint: Any = "") -> forms.IntegerField:
    wrong = {"required": WRONG_NUMBER, "invalid": WRONG_NUMBER}
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, help_text=hint, widget=SMALL, error_messages=wrong
    )


def _hours(label: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=200, widget=WIDE)


class WorkerForm(forms.Form):
    """What somebody can do, when they work, and how much they are given."""

    skills = forms.MultipleChoiceField(
        label=gettext_lazy("What they can do"), required=False, widget=forms.CheckboxSelectMultiple
    )
    monday, tuesday = _hours(gettext_lazy("Monday")), _hours(gettext_lazy("Tuesday"))
    wednesday, thursday = _hours(gettext_lazy("Wednesday")), _hours(gettext_lazy("Thursday"))
    friday, saturday = _hours(gettext_lazy("Friday")), _hours(gettext_lazy("Saturday"))
    sunday = _hours(gettext_lazy("Sunday"))
    works_holidays = forms.BooleanField(label=gettext_lazy("They work on bank holidays too"), required=False)
    capacity = _number(
        gettext_lazy("The most open work that they are given"), 0, 1_000,
        gettext_lazy("A task counts as 1, or as much as the heaviest skill that it needs"),
    )  # fmt: skip
    is_given_work = forms.BooleanField(label=gettext_lazy("They are given tasks"), required=False)

    def __init__(self, *args: Any, language: str, worker: Worker | None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(worker), **kwargs)
        known = [(each.code, each.title(language)) for each in Skill.objects.all()]
        left = sorted(set(worker.skills if worker else ()) - {code for code, _title in known})
        field: Any = self.fields["skills"]
        field.choices = [*known, *((code, code.replace("_", " ")) for code in left)]

    def clean(self) -> dict[str, Any]:
        """The week, from the hours of each day."""
        held: dict[str, Any] = super().clean() or {}
        week = list[list[Any]]()
        for number, name in enumerate(DAYS):
            try:
                week += [[number, begins, ends] for begins, ends in hours_in(held.pop(name, "") or "")]
            except ValueError:
                self.add_error(name, WRONG_HOURS)
        held["week"] = week
        return held


def _initial(worker: Worker | None) -> dict[str, Any]:
    if worker is None:
        return {"capacity": 10, "is_given_work": True} | dict.fromkeys(DAYS[:5], "09:00-17:00")
    week: dict[str, list[str]] = {}
    for number, begins, ends in worker.week:
        week.setdefault(DAYS[int(number)], []).append(f"{begins}-{ends}")
    plain = {name: getattr(worker, name) for name in ("skills", "works_holidays", "capacity", "is_given_work")}
    return plain | {name: ", ".join(hours) for name, hours in week.items()}


class ChangeForm(forms.Form):
    """Days away, or a shift on top."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"), choices=Change.Kind.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what it is")},
    )  # fmt: skip
    since = forms.DateField(
        label=gettext_lazy("First day"), widget=DAY, help_text=gettext_lazy("As in 14/5/2026"),
        error_messages={"required": gettext_lazy("Enter the first day"), "invalid": WRONG_DATE},
    )  # fmt: skip
    until = forms.DateField(
        label=gettext_lazy("Last day"), widget=DAY, required=False, error_messages={"invalid": WRONG_DATE},
        help_text=gettext_lazy("Leave it empty where nobody knows yet"),
    )  # fmt: skip
    hours = forms.CharField(
        label=gettext_lazy("Hours of the extra shift"), widget=WIDE, required=False, max_length=20,
        help_text=gettext_lazy("Only for an extra shift, as in 09:00-12:30; it is on the first day"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A last day that is no earlier than the first; hours where it is a shift."""
        held: dict[str, Any] = super().clean() or {}
        since, until = held.get("since"), held.get("until")
        if isinstance(since, date) and isinstance(until, date) and until < since:
            self.add_error("until", _("The last day must be no earlier than the first"))
        if held.get("kind") == Change.Kind.EXTRA:
            try:
                [held["span"]] = hours_in(held.get("hours") or "")
            except ValueError:
                self.add_error("hours", _("Enter one span of hours, like 09:00-12:30"))
        return held


class SkillForm(forms.Form):
    """Something that a task can need."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=100, error_messages={"required": gettext_lazy("Enter a name")}
    )
    name_cy = forms.CharField(label=gettext_lazy("Name in Welsh"), max_length=100, required=False)
    code = forms.CharField(
        label=gettext_lazy("What services call it"), max_length=60, widget=WIDE,
        help_text=gettext_lazy("A word after skills: in a process"),
        error_messages={"required": gettext_lazy("Enter what services call it")},
    )  # fmt: skip
    weight = _number(
        gettext_lazy("How much work a task is that needs it"), 1, 100,
        gettext_lazy("1 for a usual one, 3 for a long one"),
    )  # fmt: skip

    def __init__(self, *args: Any, skill: Skill | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.skill = skill

    def clean_code(self) -> str:
        """A word of a process that no other skill has."""
        code = self.cleaned_data["code"].strip()
        if not NAME.fullmatch(code):
            raise forms.ValidationError(_("Use small letters, digits and _, a letter first"))
        others = Skill.objects.filter(code=code).exclude(pk=self.skill.pk if self.skill else None)
        if others.exists():
            raise forms.ValidationError(_("Something else has this name already"))
        return code


class BackForm(forms.Form):
    """Why a task is given back."""

    back_reason = forms.CharField(
        label=gettext_lazy("Why do you give it back?"), max_length=300,
        help_text=gettext_lazy("It stands in the case's timeline; nothing about anybody's health"),
        error_messages={"required": gettext_lazy("Say why you give it back")},
    )  # fmt: skip


class OverForm(forms.Form):
    """To whom a task is handed over, and why."""

    to = forms.ChoiceField(label=gettext_lazy("To whom?"), error_messages={"required": gettext_lazy("Choose somebody")})
    over_reason = forms.CharField(
        label=gettext_lazy("Why?"), max_length=300, error_messages={"required": gettext_lazy("Say why")}
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        field.choices = [("", _("Choose somebody")), *people]
