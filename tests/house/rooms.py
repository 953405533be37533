"""A contract of our own for import-linter: inside a module imports run from the web edge down to the rules."""

from tests.house.broken import ImportsContract
from tests.house.doors import GROUPS

FLOORS = (
    ("rules", "events"),
    ("models", "fields"),
    ("permissions", "registries"),
    ("selectors",),
    ("actions",),
    ("forms", "checks"),
    ("views", "api", "jobs", "subscribers", "panels", "holdings", "measures", "doctor"),
    ("urls",),
    ("tests",),
    ("apps",),
)
"""The ground floor first. A room that is not named here (`messages`, `storage`) may be anywhere."""
FLOOR_OF = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}


def place(dotted: str) -> tuple[str, str]:
    """The module and the room of a name, as in ("townhall.kernel.cases", "actions"); empty for what is in none."""
    parts = dotted.split(".")
    deep = 3 if len(parts) > 1 and parts[1] in GROUPS else 2
    return (".".join(parts[:deep]), parts[deep]) if len(parts) > deep else ("", "")


def goes_up(importer: str, imported: str) -> bool:
    """Whether a room imports one that is on a higher floor of its own module."""
    here, there = place(importer), place(imported)
    if not here[0] or here[0] != there[0] or here[1] not in FLOOR_OF or there[1] not in FLOOR_OF:
        return False
    return FLOOR_OF[here[1]] < FLOOR_OF[there[1]]


class RoomsContract(ImportsContract):
    """Fails for each import that goes up inside a module."""

    type_name = "rooms"
    says = "{importer} imports {imported}, which is on a higher floor of the same module"

    def breaks(self, importer: str, imported: str) -> bool:
        """Whether it does."""
        return goes_up(importer, imported)
