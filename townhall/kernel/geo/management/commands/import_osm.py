"""`townhall import osm FILE`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from townhall.kernel.geo import actions
from townhall.kernel.geo.importing import osm
from townhall.kernel.geo.importing.boundaries import Unreadable
from townhall.kernel.geo.importing.telling import working


class Command(BaseCommand):
    """Loads an OpenStreetMap extract as base map and gazetteer."""

    help = "Import an OpenStreetMap extract (.osm.pbf). Running it again replaces what the last extract brought."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path)

    def handle(self, **options: Any) -> None:
        """Read, load, say how many."""
        path = options["file"]
        try:
            with working(f"Reading {path.name}") as tell:
                rows = osm.read(path, tell=lambda count: tell(f"Reading {path.name}", count))
                tell("Loading", None)
                load = actions.load_town(rows=rows, origin="osm", title=path.name, at=timezone.now(), credit=osm.CREDIT)
        except (Unreadable, actions.Clash) as error:
            raise CommandError(str(error)) from error
        counted = ", ".join(f"{count:,} {name}" for name, count in load.counts.items())
        self.stdout.write(f"{counted} from {path.name}")
