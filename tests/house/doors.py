"""A contract of our own for import-linter: a module is entered by its doors, its other rooms are private."""

from tests.house.broken import ImportsContract

GROUPS = {"kernel", "residents", "council", "places", "sector"}
DOORS = {
    "actions",
    "selectors",
    "events",
    "rules",
    "registries",
    "permissions",
    "fields",
    "base",
    "keys",
    "bulk",
    "rows",
    "asgi",
    "calendars",
    "relay",
    "dates",
    "context",
    "statuses",
    "pins",
    "checkups",
    "openapi",
    "readable",
    "cells",
    "limits",
    "bearers",
    "databases",
    "keeping",
    "decisions",
    "processes",
    "packages",
    "paper",
}
ENGINES = {"townhall.kernel.catalogue": {"forms", "words", "said"}}
"""Rooms that are doors in one module alone: elsewhere `forms` is the web edge."""
OPEN_MODELS = {"townhall.kernel.identity", "townhall.kernel.cases"}
"""Person, Team and Case are named in signatures and querysets everywhere above."""


def module_of(dotted: str) -> str:
    """`townhall.kernel.cases` of `townhall.kernel.cases.actions.opening`; empty for what is in no group."""
    parts = dotted.split(".")
    return ".".join(parts[:3]) if len(parts) > 2 and parts[1] in GROUPS else ""


def is_private(importer: str, imported: str) -> bool:
    """Whether `importer` reaches past the doors of another module."""
    there = module_of(imported)
    if not there or module_of(importer) == there or importer.startswith("townhall.config"):
        return False
    parts = imported.split(".")
    room = parts[3] if len(parts) > 3 else ""
    if "tests" in importer.split("."):
        return False
    doors = DOORS | ENGINES.get(there, set())
    return bool(room) and room not in doors and not (room == "models" and there in OPEN_MODELS)


class DoorsContract(ImportsContract):
    """Fails for each import that enters a module otherwise than by a door. Wiring and tests may look anywhere."""

    type_name = "doors"
    says = "{importer} enters {imported}, which is no door"

    def breaks(self, importer: str, imported: str) -> bool:
        """Whether it does."""
        return is_private(importer, imported)
