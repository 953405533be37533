"""What administrators type about categories and their questions."""
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from townhall.kernel.authority import selectors as authority
from townhall.residents.reports.models import Category
from townhall.residents.reports.rules.questions import Option, Question


class CategoryForm(forms.ModelForm):
    """A category, but for its questions."""

    code = forms.CharField(
        label=_("Short name in addresses"), max_length=50,
        help_text=_("Small letters, digits and underscores, as in fly_tipping. It cannot be changed later."),
    )  # fmt: skip
    keywords = forms.CharField(
        label=_("What people type for it"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Words and phrases in both languages, with commas between them"),
    )  # fmt: skip
    owner_gss = forms.ChoiceField(label=_("Who deals with it"), required=False)

    class Meta:
        model = Category
        fields = (
            "code", "name", "name_cy", "group", "group_cy", "order", "owner_gss", "target_days",
            "is_anonymous_allowed", "is_public", "is_active", "asks_place_of", "keywords", "stop_message",
            "stop_message_cy", "stops", "next_step", "next_step_cy",
        )  # fmt: skip
        labels = {
            "name": _("Name"),
            "name_cy": _("Name in Welsh"),
            "group": _("Heading it stands under"),
            "group_cy": _("Heading in Welsh"),
            "order": _("Place in the list"),
            "target_days": _("Working days to deal with it"),
            "is_anonymous_allowed": _("It can be reported anonymously"),
            "is_public": _("Reports are shown to everyone"),
            "is_active": _("It can be reported now"),
            "asks_place_of": _("Asset to choose at the place"),
            "stop_message": _("Warning before the report goes on"),
            "stop_message_cy": _("Warning in Welsh"),
            "stops": _("The report goes no further than the warning"),
            "next_step": _("What happens next"),
            "next_step_cy": _("What happens next, in Welsh"),
        }
        help_texts = {
            "target_days": _("Empty for no promise"),
            "asks_place_of": _("As in street_light or litter_bin; empty for none"),
        }
        widgets = {
            "name": forms.TextInput(), "name_cy": forms.TextInput(), "group": forms.TextInput(),
            "group_cy": forms.TextInput(), "asks_place_of": forms.TextInput(),
            **{name: forms.Textarea(attrs={"rows": 2}) for name in
               ("stop_message", "stop_message_cy", "next_step", "next_step_cy")},
        }  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        ours = authority.ours().short_name
        others = [(other.gss_code, other.short_name) for other in authority.neighbours()]
        owner: Any = self.fields["owner_gss"]
        owner.choices = [("", ours), *others]
        self.initial["keywords"] = ", ".join(self.instance.keywords)
        if not self.instance._state.adding:
            del self.fields["code"]

    def clean_code(self) -> str:
        """The code as addresses can have it."""
        code = slugify(self.cleaned_data["code"]).replace("-", "_")
        if not code or code == "new" or Category.objects.filter(code=code).exists():
            raise forms.ValidationError(gettext("Choose a short name that no other category has"))
        return code

    def clean_keywords(self) -> list[str]:
        """The words as a list."""
        return [word.strip() for word in self.cleaned_data["keywords"].replace("\n", ",").split(",") if word.strip()]


KINDS = [
    ("radios", _("Choose one of the answers below")),
    ("yesno", _("Yes or no")),
    ("text", _("A few words")),
    ("long", _("Several lines")),
    ("number", _("A number")),
]


class QuestionForm(forms.Form):
    """One question of a category."""

    text = forms.CharField(label=_("Question"), max_length=200)
    text_cy = forms.CharField(label=_("Question in Welsh"), max_length=200, required=False)
    hint = forms.CharField(label=_("Help below it"), max_length=300, required=False)
    hint_cy = forms.CharField(label=_("Help in Welsh"), max_length=300, required=False)
    kind = forms.ChoiceField(label=_("Kind of answer"), choices=KINDS, widget=forms.RadioSelect)
    options = forms.CharField(
        label=_("Answers to choose from"), required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("One on each line: English | Welsh"),
    )  # fmt: skip
    smallest = forms.IntegerField(label=_("Smallest number"), required=False, min_value=0)
    largest = forms.IntegerField(label=_("Largest number"), required=False, min_value=0)
    is_required = forms.BooleanField(label=_("It must be answered"), required=False)
    is_private = forms.BooleanField(label=_("Only officers see the answer"), required=False)

    @classmethod
    def initial_of(cls, question: Question) -> dict[str, Any]:
        """What the form shows for a question."""
        lines = "\n".join(f"{option.text} | {option.text_cy}" for option in question.options)
        names = ("text", "text_cy", "hint", "hint_cy", "kind", "smallest", "largest", "is_required", "is_private")
        return {name: getattr(question, name) for name in names} | {"options": lines}

    def clean(self) -> dict[str, Any]:
        """A choice needs at least two answers."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") == "radios" and len(self.lines(cleaned)) < 2:
            self.add_error("options", gettext("Write at least two answers"))
        return cleaned

    @staticmethod
    def lines(cleaned: dict[str, Any]) -> list[tuple[str, str]]:
        """The answers to choose from, in English and Welsh."""
        found = [line.partition("|") for line in cleaned.get("options", "").splitlines() if line.strip()]
        return [(english.strip(), welsh.strip()) for english, _bar, welsh in found]

    def row(self, code: str, before: Question | None) -> dict[str, Any]:
        """The question as its category keeps it. Answers that keep their English words keep their codes."""
        cleaned = self.cleaned_data
        codes = {option.text: option.code for option in (before.options if before else ())}
        row: dict[str, Any] = {name: cleaned[name] for name in ("kind", "text", "text_cy", "hint", "hint_cy")}
        row |= {"code": code, "is_required": cleaned["is_required"], "is_private": cleaned["is_private"]}
        if cleaned["kind"] == "radios":
            options = [
                Option(codes.get(text) or slugify(text).replace("-", "_")[:40] or f"answer_{place}", text, welsh)
                for place, (text, welsh) in enumerate(self.lines(cleaned))
            ]
            row["options"] = [{"code": one.code, "text": one.text, "text_cy": one.text_cy} for one in options]
        if cleaned["kind"] == "number":
            row |= {name: cleaned[name] for name in ("smallest", "largest") if cleaned[name] is not None}
        return row
