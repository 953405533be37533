"""Who sees who comes, who closes a day, and who sets up what can be booked."""

from typing import Any

from townhall.kernel.cases.permissions import may_see_queue
from townhall.kernel.identity.models import Role
from townhall.kernel.identity.permissions import has_role, may_set_up
from townhall.kernel.identity.registries import permission


@permission("bookings.see_days")
def may_see_days(person: Any, record: Any) -> bool:
    """Staff and partners see the list of a day; whose case it is they see where they may see the case."""
    return may_see_queue(person, record)


@permission("bookings.close_days")
def may_close_days(person: Any, _record: Any) -> bool:
    """Officers, managers and administrators close a day."""
    return has_role(person, Role.OFFICER, Role.MANAGER, Role.ADMINISTRATOR)


@permission("bookings.set_up")
def may_set_up_bookings(person: Any, record: Any) -> bool:
    """Administrators change weeks and numbers."""
    return may_set_up(person, record)
