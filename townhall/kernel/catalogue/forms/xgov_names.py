"""Names for the machine, of an XGov definition's paths, fields and values."""

import re
from collections import Counter
from typing import Any

LONGEST = 60
EDGE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
OTHER = re.compile(r"[^a-z0-9]+")


def listed(held: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """What stands under a key as a list; an empty one where it is missing."""
    found: Any = held.get(key)
    return found or []


def named(held: dict[str, Any], key: str) -> dict[str, Any]:
    """What stands under a key by name; nothing where it is missing."""
    found: Any = held.get(key)
    return found or {}


class Names:
    """Gives each thing a name of our kind, the same each time it is asked."""

    def __init__(self, pages: list[dict[str, Any]]) -> None:
        self.taken: dict[tuple[str, str], str] = {}
        fields = [(each, part) for each in pages for part in listed(each, "components") if part.get("name")]
        self.count = Counter(self.plain(part["name"]) for _, part in fields)
        self.fields: dict[str, tuple[str, dict[str, Any]]] = {}
        for page, part in fields:
            name = self.question(page, part)
            self.fields.setdefault(str(part["name"]), (name, part))
            if page.get("section"):
                self.fields.setdefault(f"{page['section']}.{part['name']}", (name, part))

    def plain(self, text: object) -> str:
        """A text as a name: small letters, digits and '_', a letter first."""
        found = OTHER.sub("_", EDGE.sub("_", str(text)).lower()).strip("_")
        return (found if found[:1].isalpha() else f"v_{found}")[:LONGEST].strip("_")

    def once(self, kind: str, key: str, wanted: str) -> str:
        """A name that nothing else of its kind has."""
        if (kind, key) not in self.taken:
            others = {name for (other, _), name in self.taken.items() if other == kind}
            name, number = wanted, 1
            while name in others:
                number += 1
                name = f"{wanted[: LONGEST - 5]}_{number}"
            self.taken[kind, key] = name
        return self.taken[kind, key]

    def page(self, path: str) -> str:
        """The name of a page."""
        return self.once("page", path, self.plain(path))

    def question(self, page: dict[str, Any], part: dict[str, Any]) -> str:
        """The name of a question; its section stands before one that several have."""
        name = self.plain(part.get("name") or part.get("title") or "question")
        if self.count[name] > 1 and page.get("section"):
            name = self.plain(f"{page['section']}_{part['name']}")
        return self.once("question", f"{page['path']} {part.get('name')}", name)

    def group(self, page: dict[str, Any]) -> str:
        """The name of the group that a page is."""
        return self.once("question", page["path"], self.plain(page["path"]))

    def option(self, value: object) -> str:
        """The name of an answer to choose."""
        return self.once("option", str(value), self.plain(value))
