"""What a form says when an answer will not do. Django's own words are replaced; a form's own words are kept."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BoundField, Field, fields
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Select
from django.utils.translation import gettext as _

Params = dict[str, Any]
CHOOSERS = (RadioSelect, Select, CheckboxSelectMultiple, CheckboxInput)

WORDS: dict[str, Callable[[str, Params], str]] = {
    "invalid_choice": lambda label, _params: _("%(label)s: choose one from the list") % {"label": label},
    "max_value": lambda label, params: (
        _("%(label)s: enter %(limit)s or less") % {"label": label, "limit": params.get("limit_value")}
    ),
    "min_value": lambda label, params: (
        _("%(label)s: enter %(limit)s or more") % {"label": label, "limit": params.get("limit_value")}
    ),
    "max_length": lambda label, params: (
        _("%(label)s: use %(limit)s characters or fewer")
        % {"label": label, "limit": params.get("limit_value") or params.get("max")}
    ),
    "min_length": lambda label, params: (
        _("%(label)s: use %(limit)s characters or more") % {"label": label, "limit": params.get("limit_value")}
    ),
    "empty": lambda label, _params: _("%(label)s: the file is empty, choose another") % {"label": label},
}


def complaints(bound: BoundField) -> list[str]:
    """What to say about a field's errors, in plain words that say what to do."""
    return [complaint(bound, error) for error in bound.errors.as_data()]


def complaint(bound: BoundField, error: ValidationError) -> str:
    """One error in our words where Django's would be said, else as the form's author wrote it."""
    code = error.code or ""
    label = str(bound.label or "").rstrip("?").strip()
    if _is_authors(bound.field, error):
        return " ".join(error.messages)
    if code == "required":
        return _required(bound.field, label)
    if code.startswith("invalid") and code not in WORDS:
        return _invalid(bound.field, label)
    return WORDS[code](label, error.params or {}) if code in WORDS else " ".join(error.messages)


def _is_authors(field: Field, error: ValidationError) -> bool:
    """Whether the message is not Django's own for this field's class."""
    own = field.error_messages.get(error.code or "")
    stock: dict[str, Any] = {}
    for base in reversed(type(field).__mro__):
        stock |= getattr(base, "default_error_messages", {})
    return own is not None and error.code in stock and str(own) != str(stock[error.code])


def _required(field: Field, label: str) -> str:
    if isinstance(field.widget, FileInput):
        return _("%(label)s: choose a file") % {"label": label}
    if isinstance(field.widget, CheckboxInput):
        return _("Tick the box to go on: %(label)s") % {"label": label}
    if isinstance(field.widget, CHOOSERS):
        return _("%(label)s: choose an answer") % {"label": label}
    return _("%(label)s: enter an answer") % {"label": label}


def _invalid(field: Field, label: str) -> str:
    if isinstance(field, fields.EmailField):
        return _("%(label)s: enter an email address like name@example.com") % {"label": label}
    if isinstance(field, fields.IntegerField):
        return _("%(label)s: enter a number, like 12") % {"label": label}
    if isinstance(field, fields.BaseTemporalField):
        return _("%(label)s: enter a real date, like 27 3 2026") % {"label": label}
    return _("%(label)s: check what you entered") % {"label": label}
