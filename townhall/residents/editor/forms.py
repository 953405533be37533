"""The forms that are not parts of a file: a new service, a day to publish on, a reason."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from townhall.kernel.catalogue.packages.folder import MOST_BYTES, SLUG
from townhall.kernel.identity.models import Team


def line(label: Any, missing: Any = "", *, hint: Any = "", required: bool = True) -> forms.CharField:
    """A field of one line."""
    errors = {"required": missing}
    return forms.CharField(label=label, help_text=hint, max_length=200, required=required, error_messages=errors)


class NewForm(forms.Form):
    """A service that begins from nothing, asked for in plain words."""

    name_en = line(_("What is it called?"), _("Say what it is called"), hint=_("As in Allotment"))
    name_cy = line(_("What is it called in Welsh?"), required=False)
    summary_en = line(
        _("What is it, in one sentence?"),
        _("Say what it is"),
        hint=_("As in: Ask for a place on the list for an allotment."),
    )
    summary_cy = line(_("The same in Welsh"), required=False)
    team = forms.ChoiceField(label=_("Which team answers for it?"))

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {each.code: each for each in teams}
        self.fields["team"].choices = [(each.code, each.name) for each in teams]  # pyright: ignore[reportAttributeAccessIssue]

    def slug(self, taken: set[str]) -> str:
        """A name for the machine that no service has."""
        base = re.sub(r"[^a-z0-9]+", "_", self.cleaned_data["name_en"].lower()).strip("_")[:40].strip("_")
        base = base if SLUG.fullmatch(base) else f"service_{base}".strip("_")
        return next(each for each in [base, *(f"{base}_{number}" for number in range(2, 1000))] if each not in taken)


class DayForm(forms.Form):
    """From which day residents use a version; at once where it says none."""

    publish_on = forms.DateField(
        label=_("From which day?"), required=False,
        help_text=_("As in 31/3/2027. Leave it empty to publish as soon as it is approved."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a real date, as in 31/3/2027")},
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_publish_on(self) -> date | None:
        """A day from today on."""
        day = self.cleaned_data["publish_on"]
        if day is not None and not self.today <= day <= self.today.replace(year=self.today.year + 2, day=1):
            raise forms.ValidationError(now("Choose a day from today on, within two years"))
        return day


class ApproveForm(DayForm):
    """The same for whoever approves: where work would reach nobody here, that it is published all the same."""

    anyway = forms.BooleanField(label=_("Publish it all the same"), required=False)


class ReasonForm(forms.Form):
    """Why a draft is sent back."""

    reason = forms.CharField(
        label=_("What must change first?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what must change first")},
    )  # fmt: skip


class FileForm(forms.Form):
    """A file as text."""

    text = forms.CharField(
        label=_("Text of the file"), required=False, strip=False, max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "false", "class": "ed-text"}),
    )  # fmt: skip


class BringForm(forms.Form):
    """A file from elsewhere. `number` is how often the draft had been changed when the page was opened."""

    file = forms.FileField(
        label=_("Which file?"), max_length=200,
        help_text=_("JSON of XGov's form designer, or XML in BPMN 2.0 or DMN 1.1 to 1.5. At most 1 MB."),
        error_messages={
            "required": _("Choose a file"), "invalid": _("Choose a file"), "missing": _("Choose a file"),
            "empty": _("The file is empty. Choose another."), "max_length": _("The file's name is too long"),
        },
    )  # fmt: skip
    process = line(
        _("Which process, where the diagram has several?"), required=False,
        hint=_("Its identifier, as in Process_1. Leave it empty where there is only one."),
    )  # fmt: skip
    number = forms.IntegerField(min_value=0, max_value=10**9, widget=forms.HiddenInput)

    def clean_file(self) -> Any:
        """A file that is not larger than one of a service may be: what is larger is not read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(now("The file is larger than 1 MB"))
        return file
