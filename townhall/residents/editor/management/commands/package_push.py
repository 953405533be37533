"""`townhall package push`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from townhall.kernel.identity.models import Person
from townhall.residents.editor import actions
from townhall.residents.editor.management.commands.package_pull import say


class Command(BaseCommand):
    """Takes the folders of a folder in, each as a draft of its service, which a colleague approves."""

    help = "Take services in from DIR as drafts, or with --publish before a second officer, in the name of a colleague."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where from, which services, in whose name."""
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="these alone")
        parser.add_argument("--as", dest="by", required=True, metavar="EMAIL", help="the colleague whose change it is")
        parser.add_argument("--publish", action="store_true", help="ask a second officer to approve each in the editor")
        parser.add_argument(
            "--reviewed-in-git", dest="reviewed", default="", metavar="WHERE", type=str.strip,
            help="with --publish: the council's own review was the second pair of eyes; kept in the audit (MR 12, Sam)",
        )  # fmt: skip
        parser.add_argument("--anyway", action="store_true", help="publish services whose work reaches nobody here too")
        parser.add_argument("--force", action="store_true", help="over another live version, or an open draft")
        parser.add_argument("--json", action="store_true", help="say it as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Take them in, and say what came of each; the status is 1 where one was left."""
        by = Person.objects.filter(email__iexact=options["by"], is_active=True).first()
        if by is None:
            raise CommandError(f"Nobody here has the address {options['by']!r}.")
        if options["reviewed"] and not options["publish"]:
            raise CommandError("--reviewed-in-git says who looked at what is published: say --publish too")
        way = actions.Way(**{name: options[name] for name in ("publish", "reviewed", "anyway", "force")})
        try:
            found = actions.push(
                options["folder"], by=by, at=timezone.now(), slugs=options["slugs"], way=way
            )
        except PermissionDenied as problem:
            raise CommandError(f"{by.name} may not do that.") from problem
        except (actions.Conflict, OSError) as problem:
            raise CommandError(str(problem)) from problem
        say(self, found, as_json=options["json"])
