"""Who may do what: each module names its permissions and says who has them, per record."""
from collections.abc import Callable
from typing import Any

from townhall.kernel.modules.registries import Registry

Check = Callable[[Any, Any], bool]
"""(person or AnonymousUser, the record or None) -> may they."""

permissions: Registry[Check] = Registry("permissions")


def permission(name: str) -> Callable[[Check], Check]:
    """Declare who has the permission `name`, as in `cases.view_case`."""
    return permissions.register(name)
