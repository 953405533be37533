"""`townhall map`: count every case on the map anew, from the cases."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from townhall.kernel.mapping import actions


class Command(BaseCommand):
    """Rebuilds the grid; readers see the old one until it is done."""

    help = "Count every case on the map anew. Nothing is lost: the map follows from the cases."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Rebuild, and say how many cases have a place."""
        self.stdout.write(f"{actions.rebuild(at=timezone.now()):,} cases are on the map.")
