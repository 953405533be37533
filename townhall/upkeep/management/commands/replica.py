"""`townhall replica`: how far the read replica is behind, in one line."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from townhall.kernel.modules import databases
from townhall.upkeep import replicas


class Command(BaseCommand):
    """Prints the line; exits with 1 where lists and maps do not read from the replica."""

    help = "Say how far the read replica is behind."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Look now."""
        if not databases.has_replica():
            raise CommandError("There is no replica: DATABASE_REPLICA_URL is not set.")
        standing = databases.look()
        if not standing.is_near:
            raise CommandError(f"Replica: {replicas.line(standing)}")
        self.stdout.write(f"Replica: {replicas.line(standing)}")
