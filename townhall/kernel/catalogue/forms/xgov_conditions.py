"""Conditions of an XGov definition as FEEL."""

import operator
import re
from typing import Any

from townhall.kernel.catalogue.decisions.feel.writing import quoted
from townhall.kernel.catalogue.forms.xgov_names import Names

SIGNS = {
    "is": "=", "is not": "!=", "is more than": ">", "is at least": ">=", "is less than": "<", "is at most": "<=",
    "is after": ">", "is before": "<", "==": "=", "!=": "!=", ">": ">", ">=": ">=", "<": "<", "<=": "<=",
}  # fmt: skip
FITS = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}
LENGTHS = {"is longer than": ">", "is shorter than": "<", "has length": "="}
PLAIN = re.compile(r"\s*([\w.-]+)\s*(==|!=|>=|<=|>|<)\s*('[^']*'|\"[^\"]*\"|true|false|-?\d+(?:\.\d+)?)\s*")
JOINS = re.compile(r"\s+(and|or)\s+")


class Conditions:
    """The conditions of a definition by name; those that cannot be told in FEEL are listed and left out."""

    def __init__(self, found: dict[str, Any], names: Names, kinds: dict[str, str], left: list[str]) -> None:
        self.names, self.kinds, self.left = names, kinds, left
        self.lists = {each["name"]: each for each in found.get("lists", [])}
        self.made = {each["name"]: self.told(each) for each in found.get("conditions", [])}

    def named(self, name: str) -> str | None:
        """The condition of a name; none where there is none that can be told."""
        if name not in self.made:
            self.left.append(f"There is no condition {name!r}.")
        return self.made.get(name)

    def told(self, condition: dict[str, Any]) -> str | None:
        """A condition in FEEL."""
        value = condition.get("value")
        found = self.parsed(value) if isinstance(value, str) else self.structured(value or {})
        if found is None:
            self.left.append(f"The condition {condition['name']!r} cannot be told in FEEL.")
        return found

    def parsed(self, text: str) -> str | None:
        """A condition that is written as an expression."""
        made: list[str] = []
        for piece in JOINS.split(text):
            if piece in {"and", "or"}:
                made.append(piece)
                continue
            found = PLAIN.fullmatch(piece)
            one = self.compared(found[1], found[2], found[3].strip("'\"")) if found else None
            if one is None:
                return None
            made.append(one)
        return " ".join(made)

    def structured(self, group: dict[str, Any]) -> str | None:
        """A condition that is a list of comparisons, with groups in it."""
        made: list[str] = []
        for each in group.get("conditions", []):
            if "conditions" in each:
                one = self.structured(each)
            elif "conditionName" in each:
                one = None
            else:
                one = self.compared(each["field"]["name"], each.get("operator", ""), str(each["value"].get("value")))
            if one is None:
                return None
            made += [each.get("coordinator") or "and"] if made else []
            made.append(f"({one})" if "conditions" in each else one)
        return " ".join(made) or None

    def compared(self, field: str, said: str, value: str) -> str | None:
        """A comparison of an answer with a value."""
        if field not in self.names.fields:
            return None
        name, part = self.names.fields[field]
        kind, sign = self.kinds.get(part.get("type", "")), SIGNS.get(said)
        if said in LENGTHS and value.isdigit():
            return f"string length({name}) {LENGTHS[said]} {value}"
        if kind in {"radios", "select"} and sign:
            return self.chosen(name, part, sign, value)
        if sign is None or kind is None or kind in {"checkboxes", "address", "files"}:
            return None
        return f"{name} {sign} {written(kind, value)}"

    def chosen(self, name: str, part: dict[str, Any], sign: str, value: str) -> str | None:
        """A comparison with one of the answers to choose from; by size, with all that are larger or smaller."""
        items = [each.get("value") for each in self.lists.get(part.get("list", ""), {}).get("items", [])]
        if sign in {"=", "!="}:
            known = value in map(str, items)
            return f"{name} {sign} {quoted(self.names.option(value))}" if known else None
        numbers = [each for each in items if isinstance(each, int | float)]
        if len(numbers) != len(items) or not re.fullmatch(r"-?\d+(\.\d+)?", value):
            return None
        limit = float(value)
        found = [each for each in numbers if FITS[sign](each, limit)]
        return f"{name} in [{', '.join(quoted(self.names.option(each)) for each in found)}]" if found else "false"


def written(kind: str, value: str) -> str:
    """A value in FEEL, as the answers of a kind are."""
    if kind == "yes_no" and value.lower() in {"true", "false", "yes", "no"}:
        return "true" if value.lower() in {"true", "yes"} else "false"
    if kind == "number" and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return value
    if kind == "date" and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return f'date("{value}")'
    return quoted(value)
