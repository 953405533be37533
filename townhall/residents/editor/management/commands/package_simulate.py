"""`townhall package simulate`."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from townhall.kernel.catalogue.packages.model import Package
from townhall.kernel.catalogue.packages.reading import Examined, examined
from townhall.residents.editor import selectors
from townhall.residents.editor.models import Draft
from townhall.residents.services import selectors as services
from townhall.residents.services.rules.transfers import NotTransferred
from townhall.residents.services.selectors import Group, Simulated

YEAR = timedelta(days=365)


class Command(BaseCommand):
    """Says what would have come out differently on past cases; changes nothing."""

    help = "Replay the cases of a year through a changed version: a FOLDER, the draft of SLUG, or a version of it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which version, and since when."""
        parser.add_argument("name", metavar="SLUG|FOLDER")
        parser.add_argument("--version-hash", default="", help="a version that was published, by how its hash begins")
        parser.add_argument("--since", type=datetime.fromisoformat, help="a day; a year ago where it is not said")
        parser.add_argument("--json", action="store_true", help="say it as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Replay, and say what came of it."""
        at = timezone.now()
        since = timezone.make_aware(options["since"]) if options["since"] else at - YEAR
        found = services.simulate(self.package(options["name"], options["version_hash"]), since, at)
        if options["json"]:
            told = asdict(found) | {"since": since.isoformat()}
            self.stdout.write(json.dumps(told))
            return
        self.say(found)

    def package(self, name: str, version: str) -> Package:
        """The version that is meant."""
        try:
            if version:
                return services.package(services.find_version(name, version))
        except NotTransferred as problem:
            raise CommandError(str(problem)) from problem
        return self.whole(name, self.looked_at(name))

    def looked_at(self, name: str) -> Examined:
        """What stands in a folder, or in the draft of a service."""
        if Path(name).is_dir():
            return examined(Path(name).absolute(), run_examples=False)
        draft = Draft.objects.under_way().filter(slug=name).first()
        if draft is None:
            raise CommandError(f"There is no folder and no draft {name!r}; --version-hash names a version.")
        return selectors.examined(draft)

    def whole(self, name: str, found: Examined) -> Package:
        """The package, where nothing is wrong with it."""
        if found.package is None or found.problems:
            told = "\n".join(str(each) for each in found.problems)
            raise CommandError(f"{name} has mistakes, so that nothing can be replayed:\n{told}")
        return found.package

    def say(self, found: Simulated) -> None:
        """In words."""
        for each in found.groups:
            what = f"{each.difference.about} {each.difference.name}".strip()
            told = f"{each.difference.before} -> {each.difference.after}"
            self.stdout.write(f"{each.count:,} {what}: {told} ({named(each)})")
        for each in found.left_out:
            self.stdout.write(f"{each.count:,} not replayed: {each.difference.before} ({named(each)})")
        said = f"{found.cases:,} cases, {found.replayed:,} replayed"
        self.stdout.write(f"{said}, {found.different:,} would have come out differently; nothing was changed")


def named(group: Group) -> str:
    """The first of its cases."""
    more = group.count - len(group.references)
    return ", ".join(group.references) + (f" and {more:,} more" if more > 0 else "")
