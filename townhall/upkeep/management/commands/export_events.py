"""`townhall export events --to FOLDER`: Parquet files by day, each written once."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from townhall.upkeep import progress
from townhall.upkeep.actions import exporting
from townhall.upkeep.failures import UpkeepFailed


class Command(BaseCommand):
    """Writes the days that are new or have changed; safe to run again at any time."""

    help = "Export relayed events to Parquet files, one a day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("--to", type=Path, required=True, help="folder of the files")
        parser.add_argument("--thorough", action="store_true", help="count every day again, not the last week only")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Export."""
        try:
            with progress.shown() as tell:
                done = exporting.export(
                    folder=options["to"], at=datetime.now(UTC), tell=tell, is_thorough=options["thorough"]
                )
        except UpkeepFailed as problem:
            raise CommandError(str(problem)) from problem
        written = f"{done.events:,} events in {len(done.days)} days written"
        self.stdout.write(f"{written}; {done.untouched} days as they were.")
