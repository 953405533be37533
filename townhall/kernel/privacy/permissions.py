"""Who may answer somebody who asks what we hold."""

from typing import Any

from townhall.kernel.identity.permissions import may_set_up
from townhall.kernel.identity.registries import permission


@permission("privacy.disclose")
def may_disclose(person: Any, record: Any) -> bool:
    """Administrators. Residents see what is theirs on their own page."""
    return may_set_up(person, record)
