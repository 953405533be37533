"""The categories that a new council starts with, read from `categories/`; set-up pages change them from then on."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "categories"
FILES = ("bins", "cleaning", "roads", "neighbourhood")


def default_categories() -> list[dict[str, Any]]:
    """A row per category in the order of the groups: the fields of `Category`, and `owner`, the tier that has it."""
    found: list[dict[str, Any]] = []
    for name in FILES:
        whole = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
        for row in whole["category"]:
            found.append({"group": whole["group"], "group_cy": whole["group_cy"], "order": len(found) + 1} | row)
    return found
