"""`townhall upgrade`: checks, backs up, migrates, verifies, and goes back where something failed."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from townhall.upkeep import keys, progress
from townhall.upkeep.actions import upgrading
from townhall.upkeep.failures import UpkeepFailed
from townhall.upkeep.management.commands.restore import known_migrations


class Command(BaseCommand):
    """Says each thing that it did; exits with 1 where the database is as it was before."""

    help = "Bring the database to the installed version, or leave it as it was."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the backup goes, what may change."""
        parser.add_argument("--to", type=Path, help="folder for the backup (TOWNHALL_HOME/backups)")
        parser.add_argument("--recipient", default="", help="public keys, instead of TOWNHALL_BACKUP_KEY")
        parser.add_argument("--keep", type=int, default=0, help="afterwards keep only the newest N of the folder")
        parser.add_argument("--may-shrink", action="append", default=[], metavar="TABLE", help="may lose rows")
        parser.add_argument("--go-on", action="store_true", help="after an upgrade that was cut off")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Upgrade."""
        try:
            wanted = upgrading.Wanted(
                folder=options["to"] or settings.TOWNHALL_HOME / "backups", to=keys.recipients(options["recipient"]),
                keep=options["keep"], may_shrink=tuple(options["may_shrink"]), goes_on=options["go_on"],
            )  # fmt: skip
            with progress.shown() as tell:
                upgrading.upgrade(
                    wanted, known_migrations=known_migrations(), at=datetime.now(UTC), tell=tell, say=self.say
                )
        except UpkeepFailed as problem:
            raise CommandError(str(problem)) from problem

    def say(self, words: str) -> None:
        """A line at once, also where the output is a file."""
        self.stdout.write(words)
        self.stdout.flush()
