"""Makes the tables of an installation and publishes the services of the shelf, in one process."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """An empty database in, a council without ground, people and cases out."""

    help = "Make the tables, and publish every service of the shelf."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Make, publish."""
        call_command("migrate", verbosity=0)
        call_command("package_publish", all=True, verbosity=0)
