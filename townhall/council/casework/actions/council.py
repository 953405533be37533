"""Setting up who this council is, who its neighbours are, and how they are reached."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from townhall.kernel.authority import actions, selectors
from townhall.kernel.authority.rules import Authority
from townhall.kernel.identity.actions import note_change
from townhall.kernel.identity.models import Person

SECRET = "open311_key"  # noqa: S105


def save_council(gss_code: str, *, by: Person, at: datetime, **changes: Any) -> None:
    """Change this council or a neighbour, or add one; what changed is kept with who did it, but never a key."""
    known = selectors.by_code(gss_code)
    before = {name: value for name, value in plain(known).items() if name in changes} if known else {}
    after = {name: value for name, value in changes.items() if name != SECRET}
    if changes.get(SECRET) and changes[SECRET] != selectors.open311_key(gss_code):
        after[SECRET] = f"changed on {at:%Y-%m-%d %H:%M}"
    with transaction.atomic():
        if note_change(by, f"council: {changes['name']}", before, after, at):
            actions.save_authority(gss_code=gss_code, **changes)


def plain(authority: Authority) -> dict[str, Any]:
    """An authority as JSON would hold it."""
    hours = [
        {"days": list(row.days), "opens": f"{row.opens:%H:%M}", "shuts": f"{row.shuts:%H:%M}"}
        for row in authority.hours
    ]
    return asdict(authority) | {"hours": hours, "does": list(authority.does), "does_cy": list(authority.does_cy)}
