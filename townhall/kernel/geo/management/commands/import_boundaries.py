"""`townhall import boundaries FILE`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from townhall.kernel.authority import selectors as authorities
from townhall.kernel.geo import actions
from townhall.kernel.geo.importing import boundaries
from townhall.kernel.geo.importing.telling import working
from townhall.kernel.geo.models import Boundary
from townhall.kernel.geo.rules.rows import TownRows


class Command(BaseCommand):
    """Loads the areas of a GeoJSON file as wards, as the council's own boundary, or as neighbours."""

    help = "Import boundaries from GeoJSON. Running it again replaces the areas of the same kind."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and what cannot be told from it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--kind", choices=Boundary.Kind.values, default="", help="without it, the GSS codes say")
        parser.add_argument("--code", default="", help="the property with the GSS code")
        parser.add_argument("--name", default="", help="the property with the name")
        parser.add_argument("--credit", default="", help="words the licence wants beside the map")

    def handle(self, **options: Any) -> None:
        """Read, load, say how many."""
        path, which = options["file"], {key: options[key] for key in ("kind", "code", "name")}
        try:
            with working(f"Reading {path.name}") as tell:
                rows = boundaries.read(path, ours=authorities.ours().gss_code, **which)
                tell("Loading", len(rows))
                load = actions.load_town(
                    rows=TownRows(boundaries=rows), origin="boundaries", title=path.name, at=timezone.now(),
                    credit=options["credit"],
                )  # fmt: skip
        except (boundaries.Unreadable, actions.Clash) as error:
            raise CommandError(str(error)) from error
        kinds = ", ".join(sorted({row.kind for row in rows}))
        self.stdout.write(f"{load.counts['boundaries']} boundaries ({kinds}) from {path.name}")
