"""The forms for routing rules."""

from typing import Any

from django import forms
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from townhall.council.casework.forms import area
from townhall.council.casework.selectors import names
from townhall.kernel.cases.models import Routing
from townhall.kernel.identity.models import Team


def _boxes(label: Any, hint: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, help_text=hint, required=False, widget=forms.CheckboxSelectMultiple)


def _categories() -> list[tuple[str, str]]:
    found = [(each.code, names.category_title(each)) for each in names.categories().values() if not each.owner_gss]
    return sorted(found, key=lambda pair: pair[1].lower())


def _wards() -> list[tuple[str, str]]:
    return sorted(names.wards().items(), key=lambda pair: pair[1])


class RuleForm(forms.Form):
    """A routing rule: its conditions, which must all hold, and where it sends a case."""

    name = forms.CharField(label=_("Name"), max_length=80, error_messages={"required": _("Give the rule a name")})
    categories = _boxes(_("Category is one of"), _("None ticked means any."))
    wards = _boxes(_("Ward is one of"), _("None ticked means any."))
    channels = _boxes(_("It came by one of"), _("None ticked means any."))
    words = forms.CharField(
        label=_("It has one of these words"), help_text=_("One to a line. None means any."), required=False,
        widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
    )  # fmt: skip
    team = forms.ModelChoiceField(
        Team.objects.filter(is_active=True), label=_("Send it to"), error_messages={"required": _("Choose a team")}
    )
    reason = area(
        _("Why, in English"), rows=2, most=300, missing=_("Say why, so that officers and residents can read it")
    )
    reason_cy = area(_("Why, in Welsh"), rows=2, most=300, required=False)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args: Any, rule: Routing | None, **kwargs: Any) -> None:
        super().__init__(*args, initial=self._of(rule) if rule else None, **kwargs)
        self.rule = rule
        offered = {"categories": _categories(), "wards": _wards(), "channels": list(names.CHANNELS.items())}
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
            held = [(code, code) for code in (getattr(rule, name) if rule else []) if code not in dict(choices)]
            field.choices = [*choices, *held]

    @staticmethod
    def _of(rule: Routing) -> dict[str, Any]:
        plain = ("name", "categories", "wards", "channels", "team", "reason", "reason_cy", "is_active")
        return {name: getattr(rule, name) for name in plain} | {"words": "\n".join(rule.words)}

    def clean_words(self) -> list[str]:
        """The words, one to a line."""
        return [word.strip() for word in self.cleaned_data["words"].splitlines() if word.strip()]

    def clean(self) -> dict[str, Any]:
        """A new rule is tried last."""
        found = super().clean() or {}
        if self.rule is None:
            found["order"] = (Routing.objects.aggregate(last=Max("order"))["last"] or 0) + 10
        return found


class TryForm(forms.Form):
    """A case that might come, to see where it would go."""

    text = forms.CharField(label=_("What somebody might write"), required=False, max_length=1000)
    category = forms.ChoiceField(label=_("Category"), required=False)
    ward = forms.ChoiceField(label=_("Ward"), required=False)
    channel = forms.ChoiceField(label=_("Channel"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="try_%s", **kwargs)
        offered = {"category": _categories(), "ward": _wards(), "channel": list(names.CHANNELS.items())}
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = [("", ""), *choices]
