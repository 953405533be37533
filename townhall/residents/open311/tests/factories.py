"""Keys and categories for tests of Open311."""
from typing import Any

from townhall.kernel.cases.tests.factories import NOON
from townhall.residents.open311.actions.keys import make_key
from townhall.residents.open311.models import ApiKey

ALL = ("read", "write", "updates")
PLACE = {"lat": "54.3895", "long": "-2.6155"}


def key(**fields: Any) -> tuple[ApiKey, str]:
    """A key that may do everything, and its secret."""
    usual: dict[str, Any] = {"name": "Reporter app", "scopes": ALL, "per_minute": 1_000, "by": None, "at": NOON}
    return make_key(**(usual | fields))
