"""Who writes services, and who lets them out."""

from typing import Any

from townhall.kernel.identity.models import Role
from townhall.kernel.identity.permissions import has_role
from townhall.kernel.identity.registries import permission


@permission("services.edit")
def may_edit(person: Any, record: Any) -> bool:
    """Managers and administrators write every service; officers those of their own teams and those they began.

    `record` is a draft, or the name of the team that a service belongs to; none for the list alone.
    """
    if has_role(person, Role.MANAGER, Role.ADMINISTRATOR):
        return True
    if not has_role(person, Role.OFFICER):
        return False
    if record is None or getattr(record, "begun_by_id", None) == person.pk:
        return True
    return is_theirs(person, record if isinstance(record, str) else record.owner)


def is_theirs(person: Any, owner: str) -> bool:
    """Whether a service belongs to one of the person's teams, by its code or its name."""
    wanted = owner.casefold()
    teams = [each.team for each in person.memberships]
    return any(wanted in {each.code.replace("-", "_").casefold(), each.name.casefold()} for each in teams)


@permission("services.approve")
def may_approve(person: Any, record: Any) -> bool:
    """Managers and administrators, of a draft only where they have neither written in it nor asked for the review."""
    if not has_role(person, Role.MANAGER, Role.ADMINISTRATOR):
        return False
    return record is None or person.pk not in record.writers()
