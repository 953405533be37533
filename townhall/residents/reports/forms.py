"""What a resident types about a report, page by page. Errors say what to do."""
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from townhall.kernel.identity.rules import tidy_email, tidy_phone
from townhall.residents.reports import rules
from townhall.residents.reports.models import Category
from townhall.residents.reports.rules.questions import LONGEST, Question

MOST_TEXT = 5_000


class WhatForm(forms.Form):
    """What is wrong, in one's own words."""

    text = forms.CharField(
        label=_("What is wrong?"),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("In your own words. Leave out names and telephone numbers: others can read it."),
        error_messages={
            "required": _("Say what is wrong"),
            "max_length": _("Use fewer than 5,000 letters"),
        },
    )


class CategoryForm(forms.Form):
    """What the problem is about, out of the categories."""

    category = forms.ChoiceField(
        label=_("What is it about?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about"), "invalid_choice": _("Choose what it is about")},
    )

    def __init__(self, data: Any, *, categories: Sequence[Category], language: str, **options: Any) -> None:
        super().__init__(data, **options)
        field: Any = self.fields["category"]
        field.choices = [(row.code, row.title(language)) for row in categories]


class QuestionsForm(forms.Form):
    """What a category asks. Fields are named after the questions' codes."""

    def __init__(self, data: Any, *, asked: Sequence[Question], language: str, **options: Any) -> None:
        super().__init__(data, **options)
        self.asked = asked
        for question in asked:
            self.fields[question.code] = _field(question, language)

    def clean(self) -> dict[str, Any]:
        """The answers as `rules.check_answer` tidies them."""
        cleaned = super().clean() or {}
        for question in self.asked:
            try:
                cleaned[question.code] = rules.check_answer(question, str(cleaned.get(question.code) or ""))
            except rules.BadAnswer as bad:
                if question.code not in self.errors:
                    words = {"question": str(self.fields[question.code].label), "mistake": mistake(bad)}
                    self.add_error(question.code, gettext("%(question)s %(mistake)s") % words)
        return cleaned

    @property
    def answers(self) -> dict[str, str]:
        """What was answered; nothing for questions left empty."""
        return {code: value for code, value in self.cleaned_data.items() if value}


def mistake(bad: rules.BadAnswer) -> str:
    """What to do about an answer that will not do."""
    return {
        "missing": gettext("Give an answer"),
        "choice": gettext("Choose one of the answers"),
        "number": gettext("Enter a number, like 3"),
        "small": gettext("Enter %(limit)s or more"),
        "large": gettext("Enter %(limit)s or less"),
        "long": gettext("Use fewer than %(limit)s letters"),
    }[bad.reason] % {"limit": bad.limit}


def _field(question: Question, language: str) -> forms.Field:
    more: dict[str, Any] = {"label": question.words(language), "required": False, "help_text": question.help(language)}
    if not question.is_required:
        more["label"] = gettext("%(question)s (if you know)") % {"question": more["label"]}
    if question.kind in {"radios", "yesno"}:
        choices = [(option.code, option.words(language)) for option in question.options]
        choices = choices or [("yes", gettext("Yes")), ("no", gettext("No"))]
        more["error_messages"] = {"invalid_choice": gettext("Choose one of the answers")}
        return forms.ChoiceField(widget=forms.RadioSelect, choices=choices, **more)
    if question.kind == "number":
        attrs = {"inputmode": "numeric", "class": "govuk-input--width-5"}
        return forms.CharField(widget=forms.TextInput(attrs=attrs), **more)
    widget = forms.Textarea(attrs={"rows": 4}) if question.kind == "long" else forms.TextInput()
    return forms.CharField(widget=widget, max_length=LONGEST[question.kind], **more)


HOW = [("details", gettext_lazy("Give my name and how to reach me")), ("anonymous", gettext_lazy("Stay anonymous"))]


class ContactForm(forms.Form):
    """Who reports, and how to reach them; or nobody, where the category allows that."""

    how = forms.ChoiceField(
        label=_("Shall we tell you what happens?"),
        widget=forms.RadioSelect,
        choices=HOW,
        error_messages={"required": _("Choose whether we may write to you")},
    )
    name = forms.CharField(
        label=_("Your name"), required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.CharField(
        label=_("Email address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    phone = forms.CharField(
        label=_("Or a phone number"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )
    shows_name = forms.BooleanField(
        label=_("Show my name beside the report, for everyone to read"), required=False
    )

    def __init__(self, data: Any, *, may_be_anonymous: bool, is_known: bool, **options: Any) -> None:
        super().__init__(data, **options)
        self.is_known = is_known
        if not may_be_anonymous:
            del self.fields["how"]

    def clean(self) -> dict[str, Any]:
        """Details are complete where they are given."""
        cleaned = super().clean() or {}
        cleaned.setdefault("how", "details" if "how" not in self.fields else "")
        if cleaned["how"] != "details":
            return cleaned
        email, phone = cleaned.get("email", "").strip(), cleaned.get("phone", "").strip()
        if not self.is_known:
            self._check_details(cleaned.get("name", "").strip(), email, phone)
        return cleaned | {"email": tidy_email(email), "phone": tidy_phone(phone)}

    def _check_details(self, name: str, email: str, phone: str) -> None:
        if not name:
            self.add_error("name", gettext("Enter your name"))
        if not email and not phone:
            self.add_error("email", gettext("Enter an email address or a phone number"))
        if email and not tidy_email(email):
            self.add_error("email", gettext("Enter an email address like name@example.com"))
        if phone and not tidy_phone(phone):
            self.add_error("phone", gettext("Enter a UK phone number, like 01632 960 001"))


class FollowForm(forms.Form):
    """An address that wants to follow a report."""

    email = forms.CharField(
        label=_("Email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"required": _("Enter your email address")},
    )

    def clean_email(self) -> str:
        """The address, tidied."""
        address = tidy_email(self.cleaned_data["email"])
        if not address:
            raise forms.ValidationError(gettext("Enter an email address like name@example.com"))
        return address


class NoteForm(forms.Form):
    """Words to add to a report."""

    text = forms.CharField(
        label=_("Your note"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Leave out names and telephone numbers: others can read it."),
        error_messages={"max_length": _("Use fewer than 2,000 letters")},
    )
