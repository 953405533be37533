"""Who may watch background work."""

from typing import Any

from townhall.kernel.identity.permissions import may_set_up
from townhall.kernel.identity.registries import permission
from townhall.kernel.jobs.models import Progress


@permission("jobs.watch")
def may_watch(person: Any, work: Progress) -> bool:
    """Whoever started it, and administrators."""
    return (work.owner_id is not None and work.owner_id == getattr(person, "pk", None)) or may_set_up(person, work)
