"""`townhall package publish`."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from townhall.kernel.authority import selectors as authority
from townhall.kernel.catalogue.packages.model import Broken, Package
from townhall.kernel.catalogue.packages.nations import elsewhere
from townhall.kernel.catalogue.packages.reading import read
from townhall.kernel.catalogue.packages.shelf import folder_of, slugs
from townhall.kernel.catalogue.said import Refused
from townhall.kernel.identity.actions import note_change
from townhall.kernel.identity.selectors import teams
from townhall.residents.services import actions, selectors
from townhall.residents.services.models import Version


class Command(BaseCommand):
    """Publishes services: new applications begin on these versions, running ones keep theirs."""

    help = "Publish services from their folders: SLUG of the shelf, a FOLDER, or --all of the shelf."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which services."""
        parser.add_argument("names", nargs="*", metavar="SLUG|FOLDER")
        parser.add_argument("--all", action="store_true", help="every service of the shelf")
        parser.add_argument("--anyway", action="store_true", help="publish services whose work reaches nobody here too")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Look at all of them first, so that one that is broken or names nobody publishes nothing; then publish."""
        wanted = [self.folder(name) for name in (slugs() if options["all"] else options["names"])]
        if not wanted:
            raise CommandError("name a service or its folder, or say --all")
        packages = self.here([self.read(each) for each in wanted], is_shelf=options["all"])
        self.look_for_people(packages, anyway=options["anyway"])
        at = timezone.now()
        for package in packages:
            version = self.publish(package, at)
            if options["verbosity"]:
                at_page = settings.TOWNHALL_URL + reverse("services:start", args=[version.slug])
                self.stdout.write(f"{version.slug} {version.hash[:12]} is live: {at_page}")

    def here(self, packages: list[Package], *, is_shelf: bool) -> list[Package]:
        """Those that exist in this council's nation; others are told, and stop it all unless it is the whole shelf."""
        nation = authority.ours().nation
        found = [(each, elsewhere(each.service.nations, nation)) for each in packages]
        told = [f"{each.slug}/{problem}" for each, problem in found if problem]
        if told and not is_shelf:
            raise CommandError("\n".join([*told, "Nothing is published."]))
        for line in told:
            self.stderr.write(f"{line} It is left out.")
        return [each for each, problem in found if problem is None]

    def publish(self, package: Package, at: datetime) -> Version:
        """Publish one; that it was done at the command line, by whoever runs the installation, stands in the audit."""
        told = {"published": "at the command line", "version": package.hash[:12]}
        with transaction.atomic():
            note_change(None, f"service: {package.slug}", {}, told | selectors.noted(selectors.unmet(package)), at)
            return actions.publish(package=package, at=at)

    def look_for_people(self, packages: list[Package], *, anyway: bool) -> None:
        """Say which work of packages reaches nobody here, and stop there unless they are to be published anyway."""
        told = [f"{each.slug}: {one.said}" for each in packages for one in selectors.unmet(each)]
        if told and not anyway:
            here = ", ".join(each.code.replace("-", "_") for each in teams())
            told += [
                f"Nothing is published. Set the teams up, or write one of these in service.yaml: {here or 'none yet'}.",
                "With --anyway it is published, and that work goes where the routing rules send the case.",
            ]
            raise CommandError("\n".join(told))
        for line in told:
            self.stderr.write(line)

    def folder(self, name: str) -> Path:
        """The folder of a name on the shelf, or of a path."""
        try:
            return folder_of(name)
        except Refused as problem:
            raise CommandError(str(problem)) from problem

    def read(self, folder: Path) -> Package:
        """The package of a folder."""
        try:
            return read(folder)
        except Broken as broken:
            told = "\n".join(str(problem) for problem in broken.problems)
            raise CommandError(f"{folder.name} is not published:\n{told}") from broken
