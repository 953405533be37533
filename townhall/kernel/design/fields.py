"""Turns a Django form's bound field into the parameters of a GOV.UK component."""

from typing import Any

from django.forms import BaseForm, BoundField, widgets
from django.utils.html import strip_tags

from townhall.kernel.design.complaints import complaints

KINDS: tuple[tuple[type[widgets.Widget], str], ...] = (
    (widgets.Textarea, "textarea"),
    (widgets.CheckboxSelectMultiple, "checkboxes"),
    (widgets.RadioSelect, "radios"),
    (widgets.Select, "select"),
    (widgets.CheckboxInput, "checkbox"),
    (widgets.FileInput, "file"),
    (widgets.HiddenInput, "hidden"),
    (widgets.Input, "input"),
)
AUTOCOMPLETE = {"email": "email", "tel": "tel"}
INPUT_MODES = {"email": "email", "tel": "tel", "number": "numeric"}


def component(bound: BoundField, **more: Any) -> tuple[str, dict[str, Any]]:
    """The component's kind (`input`, `textarea`, `radios` ...) and its parameters.

    `more` may hold `label`, `hint`, `label_class`, `classes`, `prefix`, `suffix`, `rows`, `is_title` and `attributes`.
    """
    kind = next(kind for widget, kind in KINDS if isinstance(bound.field.widget, widget))
    params = _common(bound, more)
    if kind in {"radios", "checkboxes"}:
        return kind, params | _group(bound, more)
    if kind == "checkbox":
        item = {"value": "on", "text": str(more.get("label") or bound.label), "checked": bool(bound.value())}
        return "checkboxes", {**params, "idPrefix": bound.auto_id, "items": [item | _hint(bound, more, inside=True)]}
    params |= {"label": {"text": str(more.get("label") or bound.label)} | _label_style(more)}
    if kind == "select":
        items = [{"value": value, "text": str(text)} for value, text in _choices(bound)]
        return kind, params | {"items": items, "value": _text(bound.value())}
    if kind == "file":
        return kind, params | {"multiple": bound.field.widget.attrs.get("multiple", False)}
    is_secret = getattr(bound.field.widget, "input_type", "") == "password"
    params["value"] = "" if is_secret else _text(bound.value())
    if kind == "textarea":
        return kind, params | {"rows": more.get("rows") or bound.field.widget.attrs.get("rows", 5)}
    return "hidden" if kind == "hidden" else "input", params | _input(bound, more)


def errors_of(form: BaseForm) -> list[dict[str, str]]:
    """The form's errors in the order of its fields, each with the address of the field to put right."""
    found = [{"text": text, "href": ""} for text in _texts(form.non_field_errors())]
    for bound in form:
        target = bound.auto_id or bound.html_name
        found += [{"text": text, "href": f"#{target}"} for text in complaints(bound)]
    return found


def _common(bound: BoundField, more: dict[str, Any]) -> dict[str, Any]:
    """What every component takes. A browser's own `required` bubble is left out: our summary says it better."""
    attributes = {
        name: value
        for name, value in bound.field.widget.attrs.items()
        if name not in {"class", "rows", "cols", "autocomplete", "required", "multiple", "inputmode", "spellcheck"}
    }
    params: dict[str, Any] = {
        "id": bound.auto_id or bound.html_name,
        "name": bound.html_name,
        "classes": more.get("classes") or bound.field.widget.attrs.get("class", ""),
        "attributes": attributes | more.get("attributes", {}),
    }
    if bound.errors:
        params["errorMessage"] = {"text": " ".join(complaints(bound))}
    is_single = isinstance(bound.field.widget, widgets.CheckboxInput)
    return params if is_single else params | _hint(bound, more, inside=False)


def _hint(bound: BoundField, more: dict[str, Any], *, inside: bool) -> dict[str, Any]:
    hint = str(more.get("hint") or bound.help_text or "")
    return {"hint": {"text": strip_tags(hint)} if inside else {"text": hint}} if hint else {}


def _label_style(more: dict[str, Any]) -> dict[str, Any]:
    style = {"classes": more.get("label_class", "")}
    return style | {"isPageHeading": True, "classes": "th-title"} if more.get("is_title") else style


def _group(bound: BoundField, more: dict[str, Any]) -> dict[str, Any]:
    chosen = {str(value) for value in _list(bound.value())}
    hints = getattr(bound.field, "choice_hints", {})
    items = [
        {"value": value, "text": str(text), "checked": str(value) in chosen}
        | ({"hint": {"text": str(hints[value])}} if value in hints else {})
        for value, text in _choices(bound)
    ]
    legend = {"text": str(more.get("label") or bound.label)} | _label_style(more)
    return {"idPrefix": bound.auto_id, "fieldset": {"legend": legend}, "items": items}


def _input(bound: BoundField, more: dict[str, Any]) -> dict[str, Any]:
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "text")
    params = {
        "type": "text" if kind in {"number", "date", "datetime-local"} else kind,
        "autocomplete": widget.attrs.get("autocomplete") or AUTOCOMPLETE.get(kind, ""),
        "inputmode": widget.attrs.get("inputmode") or INPUT_MODES.get(kind, ""),
        "spellcheck": widget.attrs.get("spellcheck", "" if kind == "text" else False),
    }
    affixes = {name: {"text": str(more[name])} for name in ("prefix", "suffix") if more.get(name)}
    return {name: value for name, value in params.items() if value != ""} | affixes


def _choices(bound: BoundField) -> list[tuple[Any, Any]]:
    """Choices, groups opened; the empty choice of a radio list is left out."""
    flat: list[tuple[Any, Any]] = []
    for value, text in bound.field.choices:  # pyright: ignore[reportAttributeAccessIssue]
        flat += list(text) if isinstance(text, list | tuple) else [(value, text)]
    is_list = isinstance(bound.field.widget, widgets.RadioSelect)
    return [(value, text) for value, text in flat if not (is_list and value in ("", None))]


def _texts(errors: Any) -> list[str]:
    return [str(error) for error in errors]


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _list(value: Any) -> list[Any]:
    if value in (None, ""):
        return []
    return list(value) if isinstance(value, list | tuple | set) else [value]
