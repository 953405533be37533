"""`townhall package pull`."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from townhall.residents.editor import actions
from townhall.residents.editor.actions import Done


class Command(BaseCommand):
    """Writes services into a folder, each as a folder of its own: the files that are live, byte for byte."""

    help = "Write the live versions of services, or their drafts, into DIR; what was changed there is not written over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and which services."""
        parser.add_argument("folder", metavar="DIR", type=Path)
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="these alone")
        parser.add_argument("--drafts", action="store_true", help="what is being written, where something is")
        parser.add_argument("--force", action="store_true", help="write over what was changed there")
        parser.add_argument("--json", action="store_true", help="say it as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write them, and say what came of each; the status is 1 where one was left."""
        try:
            found = actions.pull(
                options["folder"], slugs=options["slugs"], drafts=options["drafts"], force=options["force"]
            )
        except (actions.Conflict, OSError) as problem:
            raise CommandError(str(problem)) from problem
        say(self, found, as_json=options["json"])


def say(command: BaseCommand, found: list[Done], *, as_json: bool) -> None:
    """What came of each service. Raises CommandError where one was left."""
    if as_json:
        command.stdout.write(json.dumps([{"service": each.slug, "what": each.what, "why": each.why} for each in found]))
    else:
        for each in found:
            command.stdout.write(f"{each.slug}: {each.what}" + (f": {each.why}" if each.why else ""))
    if left := sum(each.what == "conflict" for each in found):
        raise CommandError(f"{left} of {len(found)} services were left as they are")
