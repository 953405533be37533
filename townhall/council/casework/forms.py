"""What officers type: a form for each step on a case, for a call, and for a routing rule."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from townhall.council.casework.selectors import names
from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases.models import Case, Status
from townhall.kernel.design.statuses import STATUSES
from townhall.kernel.identity.models import Person, Team

CLOSING = {
    "not_found": gettext_lazy("We looked and did not find it"),
    "not_ours": gettext_lazy("It is on private land, which we may not work on"),
    "known": gettext_lazy("It was reported before and is dealt with there"),
    "no_need": gettext_lazy("It is within our standards, so nothing will be done"),
    "withdrawn": gettext_lazy("The person who reported it asked us to stop"),
}
"""Why a case is closed without a fix, in words that anybody may read."""


class StepForm(forms.Form):
    """A step on a case. `case` is None where the step is for several; `person` is the officer."""

    def __init__(self, *args: Any, case: Case | None = None, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.person = case, person
        self.offer()

    def offer(self) -> None:
        """Fill in what can be chosen."""

    def choice(self, name: str) -> forms.ChoiceField:
        """A field of the form that is a choice."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        return field


def area(label: Any, *, rows: int = 3, required: bool = True, most: int = 4000, missing: Any = "") -> forms.CharField:
    """A field of several lines."""
    errors = {"required": missing or gettext_lazy("Write something first")}
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=most, widget=widget, error_messages=errors)


class ReplyForm(StepForm):
    """Words to whoever reported it."""

    text = area(gettext_lazy("Reply"), rows=5, missing=gettext_lazy("Write the reply"))
    is_public = forms.BooleanField(
        label=gettext_lazy("Show it on the public page and send it to followers too"), required=False
    )
    template = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)


class NoteForm(StepForm):
    """A note among staff."""

    text = area(gettext_lazy("Note, seen by staff only"), missing=gettext_lazy("Write the note"))


class AssignForm(StepForm):
    """Who has it from now on."""

    to = forms.ChoiceField(label=gettext_lazy("Give it to"), initial="me")

    def offer(self) -> None:
        """The people of the case's team."""
        people = names.colleagues(self.case.team if self.case else None, self.person)
        others = [(str(each.pk), each.name) for each in people if each.pk != self.person.pk]
        self.choice("to").choices = [("me", _("Me")), *others, ("nobody", _("Nobody yet"))]

    def clean_to(self) -> Person | None:
        """The chosen person."""
        chosen = self.cleaned_data["to"]
        if chosen in {"me", "nobody"}:
            return self.person if chosen == "me" else None
        return Person.objects.get(pk=chosen)


class PassForm(StepForm):
    """Another team or another council, and why."""

    to = forms.ChoiceField(
        label=gettext_lazy("Pass it to"), error_messages={"required": gettext_lazy("Choose where it goes")}
    )
    reason = area(
        gettext_lazy("Why, in words that anybody may read"),
        rows=2,
        most=500,
        missing=gettext_lazy("Say why it goes there"),
    )

    def offer(self) -> None:
        """Every other team in use, then the councils around us."""
        here = self.case.team_id if self.case else None
        teams = Team.objects.filter(is_active=True).exclude(pk=here).order_by("name")
        ours = [(f"team:{team.code}", names.team_name(team)) for team in teams]
        others = [(f"authority:{other.gss_code}", other.name) for other in authority.neighbours()]
        self.choice("to").choices = [("", ""), *ours, *others]


def closing_words(reason: str, language: str) -> str:
    """Why a case is closed without a fix, as a sentence in a language."""
    with override(language):
        return f"{CLOSING[reason]}."


class ResolveForm(StepForm):
    """How it ended, in words for everybody."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("How it ended"), initial="fixed", widget=forms.RadioSelect,
        choices=[("fixed", gettext_lazy("Fixed")), ("closed", gettext_lazy("Closed, not fixed"))],
    )  # fmt: skip
    reason = forms.ChoiceField(label=gettext_lazy("If it is not fixed, why"), required=False)
    text = area(gettext_lazy("What everybody will read"), required=False, most=2000)

    def offer(self) -> None:
        """The reasons for closing."""
        self.choice("reason").choices = [("", ""), *CLOSING.items()]

    def clean(self) -> dict[str, Any]:
        """A case that is closed without a fix says why; the reason's words stand where nothing was written."""
        found = super().clean() or {}
        if found.get("outcome") == "closed" and not (found.get("reason") or found.get("text")):
            self.add_error("reason", _("Choose or write why it is not fixed"))
        if found.get("outcome") == "closed" and found.get("reason") and not found.get("text"):
            found |= {"text": closing_words(found["reason"], "en"), "text_cy": closing_words(found["reason"], "cy")}
        return found


class StatusForm(StepForm):
    """Where it stands, a date if there is one, and words for everybody."""

    status = forms.ChoiceField(label=gettext_lazy("Where it stands"))
    due_on = forms.DateField(
        label=gettext_lazy("It will be done by"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": gettext_lazy("Enter a date, as in 14/5/2026")},
    )  # fmt: skip
    text = area(gettext_lazy("What everybody will read"), rows=2, required=False, most=2000)

    def offer(self) -> None:
        """The open statuses."""
        codes = [Status.LOOKING, Status.BOOKED, Status.WAITING, Status.RECEIVED]
        if self.case:
            codes = [code for code in codes if code != self.case.status]
        self.choice("status").choices = [(code.value, STATUSES[code.value].words) for code in codes]

    def clean_due_on(self) -> date | None:
        """A date that has not passed."""
        day = self.cleaned_data["due_on"]
        if day and day < date.today():  # noqa: DTZ011
            raise forms.ValidationError(_("Enter a date that has not passed"))
        return day


class PauseForm(StepForm):
    """What the clock waits for."""

    reason = forms.CharField(
        label=gettext_lazy("What we are waiting for, in words that anybody may read"), max_length=120,
        error_messages={"required": gettext_lazy("Say what it waits for")},
    )  # fmt: skip


class CategoryForm(StepForm):
    """What kind of matter it is."""

    category = forms.ChoiceField(label=gettext_lazy("Category"))

    def offer(self) -> None:
        """The categories of the case's kind, without those of another council."""
        found = names.categories(self.case.kind if self.case else "").values()
        self.choice("category").choices = [
            (each.code, names.category_title(each)) for each in found if not each.owner_gss
        ]


class TaskForm(StepForm):
    """A step that somebody is to do."""

    title = forms.CharField(
        label=gettext_lazy("What is to be done"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say what is to be done")},
    )
    due_on = forms.DateField(label=gettext_lazy("By"), required=False, widget=forms.DateInput(attrs={"type": "date"}))


class ReopenForm(StepForm):
    """Why a finished case is opened again."""

    text = area(gettext_lazy("Why it is opened again, in words that anybody may read"), rows=2, most=1000)


class NothingForm(StepForm):
    """A step that needs no words."""
