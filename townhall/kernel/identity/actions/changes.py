"""The list of what administrators changed."""

from datetime import datetime
from typing import Any

from townhall.kernel.identity.models import Change, Person


def note_change(
    by: Person | None, what: str, before: dict[str, Any], after: dict[str, Any], at: datetime
) -> Change | None:
    """Keep what `by` changed on a set-up page, reduced to the values that differ; None where none does.

    `what` is the kind and name of the thing (`team: Street Scene`). Values must be JSON-ready. Call it in the
    transaction of the change.
    """
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    if not names:
        return None
    old = {name: before[name] for name in names if name in before}
    new = {name: after[name] for name in names if name in after}
    return Change.objects.create(by=by, what=what, before=old, after=new, at=at)
