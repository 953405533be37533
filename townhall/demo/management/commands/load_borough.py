"""Loads the drawn borough into this installation: the ground, the council, its people and a year of reports."""

import gc
import pickle
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from townhall.demo.loading.borough import Plan, load_borough
from townhall.demo.loading.side_by_side import load_in_databases
from townhall.demo.town.build import build_town
from townhall.demo.town.demand import cases_in
from townhall.kernel.catalogue.packages.reading import outlined
from townhall.kernel.catalogue.packages.shelf import folder_of, slugs

CASES = {"village": 1_200, "town": 8_000, "city": 1_000_000}


class Command(BaseCommand):
    """Empty tables in, a living council out."""

    help = "Load the synthetic borough into an empty installation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to load."""
        parser.add_argument(
            "--council", action="append", choices=["northmere", "merrowshire"],
            help="which; of several each one's tables are in the database of its name",
        )  # fmt: skip
        parser.add_argument("--seed", type=int, default=11)
        parser.add_argument("--size", choices=list(CASES), default="town")
        parser.add_argument(
            "--cases", type=int, default=0, help="about how many cases in both councils together; default by size"
        )
        parser.add_argument("--town", type=Path, help="a town that was drawn before, as a pickle of our own")
        parser.add_argument("--when-told", action="store_true", help="begin when a line comes on standard input")
        parser.add_argument("--link-key", default="", help="the key with which the district writes to the county")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load one council, or several side by side."""
        began = time.monotonic()
        gc.disable()  # neither towns nor rows hold circles, and looking for some takes a sixth of the time
        if options["town"]:
            town = pickle.loads(options["town"].read_bytes())  # noqa: S301 # nosec B301 - our own file
        else:
            town = build_town(seed=options["seed"], size=options["size"])
        shelf = [outlined(folder_of(slug)) for slug in slugs()]
        if options["when_told"] and not sys.stdin.readline():
            raise CommandError("nobody said that there are tables")
        plans = {
            council: Plan(
                town=town, shelf=shelf, is_county=council == "merrowshire", link_key=options["link_key"],
                reports=reports_for(options["cases"] or CASES[town.size]), until=timezone.now(), began=began,
            )
            for council in options["council"] or ["northmere"]
        }  # fmt: skip
        if len(plans) == 1:
            load(*plans.values())
        elif failed := load_in_databases(load, plans):
            raise CommandError(f"{' and '.join(failed)}: not loaded; the lines above say why")


def load(plan: Plan) -> None:
    """Load one council, with a progress bar."""
    bar = Progress(
        TextColumn("{task.description:<24}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
    with bar:
        load_borough(plan, bar)


def reports_for(cases: int) -> int:
    """How many reports make so many cases in both councils together."""
    return round(cases * cases / sum(cases_in(cases)))
