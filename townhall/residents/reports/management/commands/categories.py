"""`townhall categories`."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from townhall.kernel.authority import selectors as authority
from townhall.residents.reports import actions


class Command(BaseCommand):
    """Adds the categories that a council starts with. Running it again adds only what is missing."""

    help = "Add the categories that a new council starts with, each under the authority that deals with it."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Add, then say how many."""
        if not authority.ours().gss_code:
            raise CommandError("name the council first, under Set up, This council: its tier says what is whose")
        self.stdout.write(f"{actions.set_up_categories()} categories added")
