"""`townhall administrator NAME EMAIL`."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from townhall.kernel.identity.actions import first

NEXT = """%(name)s may set everything up (team: %(team)s).

  1. Open %(address)s
  2. Give the address %(email)s: a code comes by e-mail. `townhall doctor` says whether mail can leave.
  3. Type the code, set a password, and add an authenticator app."""


class Command(BaseCommand):
    """Makes the first administrator. Running it again changes nothing and tells how to sign in again."""

    help = "Make somebody an administrator, with a team and an organisation where there are none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who."""
        parser.add_argument("name", help='as in "Glyn Parry"')
        parser.add_argument("email", help="where the code for the password goes")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make, then say how to sign in."""
        try:
            place = first.make_administrator(name=options["name"], email=options["email"], at=timezone.now())
        except first.NoAddress as error:
            raise CommandError(f"{error} is no e-mail address") from error
        told = {"name": place.person.name, "email": place.person.email, "team": place.team.name}
        told["address"] = settings.TOWNHALL_URL + reverse("identity:password")
        self.stdout.write(NEXT % told)
