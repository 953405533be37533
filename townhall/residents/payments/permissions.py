"""Who may give money back."""

from typing import Any

from townhall.kernel.cases.models import Case
from townhall.kernel.cases.permissions import may_work
from townhall.kernel.identity.models import Role
from townhall.kernel.identity.permissions import has_role
from townhall.kernel.identity.registries import permission


@permission("payments.refund")
def may_refund(person: Any, case: Case) -> bool:
    """Managers and administrators who may work the case; officers ask them."""
    return may_work(person, case) and has_role(person, Role.MANAGER, Role.ADMINISTRATOR)
