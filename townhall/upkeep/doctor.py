"""Whether the database may be written to: an upgrade that was cut off leaves it closed."""

from collections.abc import Sequence

from django.db import connection

from townhall.kernel.modules import databases
from townhall.kernel.modules.checkups import Finding, checkups
from townhall.launch import environment
from townhall.upkeep import keys, replicas
from townhall.upkeep.actions import closing


@checkups.register("upgrade")
def upgrade() -> Sequence[Finding]:
    """Whether the last upgrade came to its end."""
    with connection.cursor() as cursor:
        is_closed = closing.is_closed(cursor)
    if is_closed:
        advice = "run townhall upgrade: it says how to go back and how to go on"
        return [Finding("Database", "only reads: an upgrade was cut off before its end", "ill", advice)]
    return [Finding("Database", "may be written to")]


@checkups.register("backups")
def backups() -> Sequence[Finding]:
    """Whether backups can be encrypted."""
    if environment.text(keys.SETTING):
        return [Finding("Backups", f"are encrypted to {len(keys.recipients())} public keys")]
    advice = "townhall backup key FILE, see docs/how-to/back-up-and-restore.md"
    return [Finding("Backups", "have no key", "note", advice)]


@checkups.register("replica")
def replica() -> Sequence[Finding]:
    """How far the read replica is behind."""
    if not databases.has_replica():
        return []
    standing = databases.look()
    if standing.away:
        advice = "lists and maps are read from the primary meanwhile: look whether DATABASE_REPLICA_URL answers"
        return [Finding("Replica", f"is away: {standing.away}", "ill", advice)]
    says = replicas.line(standing)
    if not standing.is_near:
        return [Finding("Replica", says, "note", "lists and maps are read from the primary until it is nearer")]
    return [Finding("Replica", says)]
