"""Writes form definitions of XGov's digital form builder as forms of ours. What is left behind is listed.

Source: XGovFormBuilder/digital-form-builder, the model package's form schema (version 2).
"""

import json
import re
from collections.abc import Iterator
from typing import Any, cast

from townhall.kernel.catalogue.decisions.model import ModelError, Place
from townhall.kernel.catalogue.decisions.yaml_text import Imported, yaml_of
from townhall.kernel.catalogue.forms.expressions import LIMITS
from townhall.kernel.catalogue.forms.xgov_conditions import Conditions
from townhall.kernel.catalogue.forms.xgov_flow import Flow
from townhall.kernel.catalogue.forms.xgov_names import Names, listed, named

KINDS = {
    "TextField": "text", "MultilineTextField": "long_text", "NumberField": "number", "DateField": "date",
    "DatePartsField": "date", "YesNoField": "yes_no", "RadiosField": "radios", "SelectField": "select",
    "AutocompleteField": "select", "CheckboxesField": "checkboxes", "UkAddressField": "address",
    "EmailAddressField": "email", "TelephoneNumberField": "phone", "FileUploadField": "files",
    "TimeField": "text", "DateTimeField": "text", "DateTimePartsField": "text",
}  # fmt: skip
LOOSE = {"TimeField", "DateTimeField", "DateTimePartsField"}
WORDS = {"Para", "Html", "InsetText", "Details"}
HEAD = {"startPage", "pages", "lists", "sections", "conditions", "name", "version"}
PAGE = {"path", "title", "section", "components", "next", "controller"}
PART = {"type", "name", "title", "hint", "list", "options", "schema", "content"}
LIMITED = {"text", "long_text", "number"}
REPEATS = "RepeatingFieldPageController"
MARKUP = re.compile(r"<[^>]{0,500}>")


def imported(content: bytes, file: str) -> Imported:
    """A definition as a form. Raises ModelError where it is none."""
    cure = "Export the form from the designer as JSON."
    if len(content) > LIMITS.document_bytes:
        raise ModelError(f"The file is larger than {LIMITS.document_bytes:,} bytes.", Place(file), cure)
    try:
        found = json.loads(content)
        made = Import(found)
        text = yaml_of(made.form())
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as problem:
        raise ModelError("This is no form definition of XGov.", Place(file), cure) from problem
    return Imported(text, tuple(dict.fromkeys(made.left)))


def plain(text: object) -> str:
    """A text without its markup."""
    return " ".join(MARKUP.sub(" ", str(text)).split())


def worded(text: Any) -> dict[str, str]:
    """A text for people, in the languages that the definition has it in: mostly English alone."""
    if isinstance(text, dict):
        held = cast("dict[str, Any]", text)
        return {language: plain(held[language]) for language in ("en", "cy") if held.get(language)} or {"en": "-"}
    return {"en": plain(text) or "-"}


class Import:
    """One definition on its way."""

    def __init__(self, found: dict[str, Any]) -> None:
        self.found, self.left = found, list[str]()
        self.lists = {each["name"]: each for each in found.get("lists", [])}
        self.names = Names(found["pages"])
        self.conditions = Conditions(found, self.names, KINDS, self.left)
        self.flow = Flow(found, self.conditions, self.left)

    def form(self) -> dict[str, Any]:
        """The form."""
        for key, value in self.found.items():
            if key not in HEAD and value not in ({}, [], "", None, False):
                self.left.append(f"The definition's {key!r} is not carried over.")
        pages = {self.names.page(each["path"]): one for each in self.flow.order if (one := self.page(each))}
        made: dict[str, Any] = {"name": worded(self.found.get("name") or next(self.titles(), "Form"))}
        titles = {self.names.plain(each["name"]): each.get("title", "") for each in self.found.get("sections", [])}
        used = list(dict.fromkeys(each["section"] for each in pages.values() if "section" in each))
        if used and any("section" not in each for each in pages.values()):
            pages = {name: {"section": each.get("section", "other"), **each} for name, each in pages.items()}
            used.append("other")
        if used:
            made["sections"] = {name: worded(titles.get(name) or name) for name in dict.fromkeys(used)}
        return made | {"pages": pages}

    def titles(self) -> Iterator[Any]:
        """The titles of the pages that ask something."""
        return (each.get("title") for each in self.flow.order if each.get("components"))

    def page(self, page: dict[str, Any]) -> dict[str, Any] | None:
        """A page; none where it asks nothing."""
        path: str = page["path"]
        parts = listed(page, "components")
        for key in set(page) - PAGE:
            self.left.append(f"{path}: {key!r} is not carried over.")
        controller = str(page.get("controller") or "")
        if controller and controller != REPEATS:
            self.left.append(f"{path}: the controller {controller!r} is not carried over.")
        words = [each for each in parts if each.get("type") in WORDS]
        questions = {self.names.question(page, each): one for each in parts if (one := self.question(page, each))}
        if not questions:
            if "summary" not in controller:
                self.left.append(f"{path}: a page that asks nothing is left out, with its words.")
            return None
        made: dict[str, Any] = {"title": worded(page.get("title", path))}
        made |= {"section": self.names.plain(page["section"])} if page.get("section") else {}
        made |= {"text": worded(" ".join(map(self.words, words)))} if words else {}
        when = self.flow.when(page)
        made |= {"when": when} if when else {}
        if controller == REPEATS:
            group = {"type": "group", "label": worded(page.get("title", path)), "questions": questions}
            questions = {self.names.group(page): group}
        return made | {"questions": questions}

    def words(self, part: dict[str, Any]) -> str:
        """What a part says that asks nothing."""
        if MARKUP.search(str(part.get("content", ""))):
            self.left.append(f"{part.get('name', 'A text')}: the markup of its words is left out.")
        self.options(part, str(part.get("name", "A text")), set())
        return plain(f"{part.get('title', '')} {part.get('content', '')}")

    def question(self, page: dict[str, Any], part: dict[str, Any]) -> dict[str, Any] | None:
        """A question; none where the part is none."""
        kind, name = KINDS.get(part.get("type", "")), f"{page['path']}: {part.get('name', '')}"
        if kind is None:
            if part.get("type") not in WORDS:
                self.left.append(f"{name}: {part.get('type')!r} is no kind of question here.")
            return None
        if part["type"] in LOOSE:
            self.left.append(f"{name}: {part['type']} is asked as a text.")
        made: dict[str, Any] = {"type": kind, "label": worded(part.get("title"))}
        made |= {"hint": worded(part["hint"])} if part.get("hint") else {}
        made |= {"required": False} if named(part, "options").get("required") is False else {}
        self.options(part, name, {"required"})
        self.schema(part, kind, name, made)
        if kind in {"radios", "select", "checkboxes"}:
            made["options"] = self.choices(part, name)
        return made

    def options(self, part: dict[str, Any], name: str, carried: set[str]) -> None:
        """List what is said of a part beside its words."""
        for key, value in named(part, "options").items():
            if key not in carried and value not in ("", None, False):
                self.left.append(f"{name}: the option {key!r} is not carried over.")
        for key in set(part) - PART:
            self.left.append(f"{name}: {key!r} is not carried over.")

    def schema(self, part: dict[str, Any], kind: str, name: str, made: dict[str, Any]) -> None:
        """The limits of an answer."""
        held = dict(named(part, "schema"))
        if kind == "number":
            made["decimals"] = 0 if held.pop("integer", False) else int(held.pop("precision", 6))
        for key in ("min", "max"):
            value = held.get(key)
            if kind in LIMITED and str(value or "").lstrip("-").isdigit():
                made[key] = int(held.pop(key))
        for key, value in held.items():
            if value not in ("", None):
                self.left.append(f"{name}: the limit {key!r} is not carried over.")

    def choices(self, part: dict[str, Any], name: str) -> dict[str, Any]:
        """The answers to choose from."""
        held = self.lists.get(part.get("list") or named(part, "options").get("list") or "", {})
        made: dict[str, Any] = {}
        for item in held.get("items", []):
            label = worded(item.get("text"))
            hint = {"hint": worded(item["description"])} if item.get("description") else {}
            made[self.names.option(item.get("value"))] = {"label": label, **hint} if hint else label
            if item.get("condition") or item.get("conditional"):
                self.left.append(f"{name}: what hangs on the answer {item.get('value')!r} is not carried over.")
        if not made:
            self.left.append(f"{name}: its list {part.get('list')!r} is missing.")
            made = {"missing": worded("The list is missing")}
        return made
