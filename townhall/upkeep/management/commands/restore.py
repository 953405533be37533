"""`townhall restore FILE`: a backup put back, into an empty database or in the place of what is there."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.migrations.loader import MigrationLoader

from townhall.upkeep import keys, progress
from townhall.upkeep.actions import closing, restoring
from townhall.upkeep.failures import UpkeepFailed


class Command(BaseCommand):
    """Looks at the whole file first; then everything is put back, or nothing is changed."""

    help = "Restore a backup that `townhall backup` made."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file, opened by which key."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, required=True, help="file with the secret key")
        parser.add_argument("--replace", action="store_true", help="put it in the place of what the database holds")
        parser.add_argument("--check", action="store_true", help="only look whether the file is whole and opens")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check, then restore."""
        try:
            with progress.shown() as tell:
                said = self._check(options, tell) if options["check"] else self._restore(options, tell)
        except UpkeepFailed as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write("\n".join(said))

    def _check(self, options: dict[str, Any], tell: progress.Tell) -> list[str]:
        found = restoring.examine(options["file"], keys.identities(options["key"]), tell)
        made = f"{found.opening.made_at:%d %B %Y %H:%M} UTC by Townhall {found.opening.townhall}"
        return [f"Whole: made {made}; {len(found.opening.tables)} tables, {found.bytes:,} bytes."]

    def _restore(self, options: dict[str, Any], tell: progress.Tell) -> list[str]:
        done = restoring.restore(
            path=options["file"], keys=keys.identities(options["key"]), known_migrations=known_migrations(),
            tell=tell, replace=options["replace"],
        )  # fmt: skip
        closing.open_again()
        said = [
            f"Restored as it was on {done.opening.made_at:%d %B %Y at %H:%M} UTC:",
            f"{len(done.opening.tables)} tables with {done.rows:,} rows, compared one by one with the backup;",
            f"{done.documents:,} files of documents.",
        ]
        if known_migrations() - set(done.opening.migrations):
            said.append("It is older than this Townhall: now run townhall upgrade.")
        if done.missing:
            said.append(f"{len(done.missing)} files of documents were missing already when it was made.")
        return said


def known_migrations() -> set[str]:
    """Every migration that the installed code has, as `app.name`."""
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
