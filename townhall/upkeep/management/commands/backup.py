"""`townhall backup`: database and documents in one encrypted file; `townhall backup key FILE` makes the keys."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from townhall.upkeep import keys, progress
from townhall.upkeep.actions import backing_up
from townhall.upkeep.actions.backing_up import Backup
from townhall.upkeep.failures import UpkeepFailed
from townhall.upkeep.rules import stamp


class Command(BaseCommand):
    """Writes one file that is whole or not there, and says what is in it."""

    help = "Back up the database and the documents into one encrypted file, or make the pair of keys for it."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and for whom."""
        parser.add_argument("file", nargs="?", default="", help="the file to write, or the word key")
        parser.add_argument("key_file", nargs="?", default="", help="after the word key: the file of the secret one")
        parser.add_argument("--to", type=Path, help="folder for a file named by its time (TOWNHALL_HOME/backups)")
        parser.add_argument("--recipient", default="", help="public keys, instead of TOWNHALL_BACKUP_KEY")
        parser.add_argument("--replace", action="store_true", help="overwrite FILE")
        parser.add_argument("--keep", type=int, default=0, help="afterwards keep only the newest N of the folder")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make keys or a backup."""
        try:
            if options["file"] == "key":
                self._make_keys(Path(options["key_file"] or "townhall-backup.key"))
            else:
                self._back_up(options)
        except UpkeepFailed as problem:
            raise CommandError(str(problem)) from problem

    def _make_keys(self, path: Path) -> None:
        public = keys.make_pair(path)
        self.stdout.write(f"The secret key is in {path}. Keep it away from this machine: without it no backup opens.\n")
        self.stdout.write(f"The public key, for this machine:\n\n  {keys.SETTING}={public}\n")

    def _back_up(self, options: dict[str, Any]) -> None:
        folder = options["to"] or settings.TOWNHALL_HOME / "backups"
        path = Path(options["file"]) if options["file"] else folder / stamp(datetime.now(UTC))
        to = keys.recipients(options["recipient"])
        with progress.shown() as tell:
            made = backing_up.back_up(path=path, to=to, at=datetime.now(UTC), tell=tell, replace=options["replace"])
        self.stdout.write("\n".join(lines(made)))
        if options["keep"] and not options["file"]:
            gone = backing_up.prune(folder, options["keep"])
            self.stdout.write(f"{len(gone)} old backups removed, the newest {options['keep']} kept.")


def lines(made: Backup) -> list[str]:
    """What was written, in words."""
    said = [
        f"{made.path}: {made.bytes:,} bytes",
        f"{len(made.tables)} tables with {made.rows:,} rows, {made.documents:,} files of documents",
        f"SHA-256 {made.sha256}",
    ]
    if made.missing:
        said.append(f"{len(made.missing)} files that the database names are not in the store, as {made.missing[0]}.")
    return said
