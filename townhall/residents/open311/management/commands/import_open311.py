"""`townhall import open311 FILE`: requests of another system into cases, with a progress bar."""
import os
from argparse import ArgumentTypeError
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from townhall.residents.open311.actions.files import NotReadable, rows_of
from townhall.residents.open311.actions.loading import AlreadyLoading, Plan, load
from townhall.residents.open311.models import Load


class Command(BaseCommand):
    """Loads a file, or goes on where it was broken off."""

    help = "Load requests from a CSV, JSON or XML file with Open311's names, or those of city open data."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to load and how."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", default="open311", help="the system it is from; each of its ids is loaded once")
        parser.add_argument("--anywhere", action="store_true", help="also what lies outside this council, or Britain")
        parser.add_argument("--private", action="store_true", help="for staff only, not on the public map")
        parser.add_argument("--timezone", type=zone, default="Europe/London", help="of times that do not say")
        parser.add_argument("--errors", type=Path, help="where to write rows that were not loaded; FILE.errors.csv")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load it and say how it went."""
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}")
        plan = Plan(
            path=path, errors=options["errors"] or errors_beside(path), at=datetime.now(UTC), source=options["source"],
            zone=options["timezone"], allows_anywhere=options["anywhere"], is_public=not options["private"],
        )  # fmt: skip
        try:
            state = self._load(plan)
        except NotReadable as problem:
            raise CommandError(str(problem)) from problem
        except AlreadyLoading as problem:
            raise CommandError("Another process is loading this file now") from problem
        self.stdout.write("\n".join(said(state, plan)))

    def _load(self, plan: Plan) -> Load:
        """The load at its end."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True)) as progress:
            total = sum(1 for _ in rows_of(plan.path))
            task = progress.add_task(plan.path.name, total=total)
            state = Load()
            for state in load(plan):
                progress.update(task, completed=state.rows)
        return state


def said(state: Load, plan: Plan) -> list[str]:
    """How a load ended, in plain sentences."""
    if state.ended_at != plan.at:
        return [f"This file was loaded before: {state.loaded:,} requests. Nothing has changed."]
    lines = [f"{state.loaded:,} requests loaded, {state.known:,} were here already, {state.wrong:,} not loaded."]
    if state.wrong:
        lines.append(f"The rows that were not loaded, each with its reason: {plan.errors}")
        if not plan.allows_anywhere:
            lines.append("With --anywhere also places outside this council are taken.")
    if state.outside:
        lines.append(
            f"{state.outside:,} lie outside Britain, where our grid has no place for them: they are on no map, and keep"
            " their latitude and longitude, which Open311 answers give as before."
        )
    return lines


def errors_beside(path: Path) -> Path:
    """FILE.errors.csv beside the file; in the present folder where that one cannot be written to."""
    beside = path.with_name(f"{path.name}.errors.csv")
    return beside if os.access(path.parent, os.W_OK) else Path(beside.name)


def zone(name: str) -> ZoneInfo:
    """A time zone by its name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as problem:
        raise ArgumentTypeError(f"there is no time zone '{name}'") from problem
