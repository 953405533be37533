"""Who may hand letters to print."""

from typing import Any

from townhall.kernel.identity.models import Role
from townhall.kernel.identity.permissions import has_role
from townhall.kernel.identity.registries import permission


@permission("notify.mend_letters")
def may_mend_letters(person: Any, _record: Any) -> bool:
    """Managers and administrators: failed letters are of every team."""
    return has_role(person, Role.MANAGER, Role.ADMINISTRATOR)


@permission("notify.hand_to_print")
def may_hand_to_print(person: Any, _record: Any) -> bool:
    """Managers and administrators: a batch holds letters of every team."""
    return has_role(person, Role.MANAGER, Role.ADMINISTRATOR)
