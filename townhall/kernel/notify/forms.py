"""The form of a letter's wording."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from townhall.kernel.notify import rules
from townhall.kernel.notify.actions.wordings import must_be_usable

_MISTAKES = {
    "english": _("Write the subject and the letter in English"),
    "welsh": _("Write both the Welsh subject and the Welsh letter, or neither"),
}


class WordingForm(forms.Form):
    """Subject and letter in both languages, and the version they were read from."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    subject_en = forms.CharField(label=_("Subject in English"), max_length=200, required=False)
    subject_cy = forms.CharField(
        label=_("Subject in Welsh"), max_length=200, required=False, widget=forms.TextInput({"lang": "cy"})
    )
    body_en = forms.CharField(
        label=_("Letter in English"), max_length=20_000, required=False, widget=forms.Textarea({"rows": 16})
    )
    body_cy = forms.CharField(
        label=_("Letter in Welsh"), max_length=20_000, required=False, widget=forms.Textarea({"rows": 16, "lang": "cy"})
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def texts(self) -> dict[str, str]:
        """What was typed, as the action wants it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def clean(self) -> dict[str, Any]:
        """Say at the right field what the letter cannot use."""
        cleaned = super().clean() or self.cleaned_data
        texts = {name: cleaned.get(name) or "" for name in ("subject_en", "body_en", "subject_cy", "body_cy")}
        try:
            must_be_usable(self.kind, texts)
        except rules.TextMistake as mistake:
            self._explain(str(mistake), texts)
        return cleaned

    def _explain(self, mistake: str, texts: dict[str, str]) -> None:
        if mistake in _MISTAKES:
            language = "en" if mistake == "english" else "cy"
            empty = f"body_{language}" if texts[f"subject_{language}"].strip() else f"subject_{language}"
            self.add_error(empty, _MISTAKES[mistake])
            return
        for name in mistake.removeprefix("unknown: ").split(", "):
            field = next(field for field in texts if name in rules.placeholders_in(texts[field]))
            self.add_error(field, _("This letter has no ((%(name)s)). Choose one from the list") % {"name": name})
