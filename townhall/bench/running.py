"""`townhall bench`: makes the database, measures every figure in interleaved runs, prints them beside their limits."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

import townhall
from townhall.bench import figures, machine, printing, writing
from townhall.bench.database import Database, is_running, ready
from townhall.bench.ground import Ground
from townhall.bench.measurements import Measurement, chosen
from townhall.bench.rules import Figure, Result, of_runs
from townhall.launch import environment, postgres

RUNS = 5
DOCS = Path(townhall.__file__).parent.parent / "docs"


def bench(words: list[str]) -> int:
    """Measure and print; 0 where every figure holds, 1 where one does not, 2 for a figure that nobody has."""
    options = parser().parse_args(words)
    figures.find()
    try:
        wanted = chosen([*options.names, *([options.only] if options.only else [])])
    except KeyError as problem:
        sys.stderr.write(f"{problem.args[0]}\n")
        return 2
    os.environ["TOWNHALL_DEMO"] = "1"
    home = environment.home()
    home.mkdir(parents=True, exist_ok=True)
    was_running = is_running(home)
    try:
        results = measured(ready(home, options.size), wanted, options.runs, is_quick=options.quick)
    finally:
        if not was_running and not options.keep_running:
            postgres.stop(home / "bench" / "postgres")
    printed(results, options)
    if options.write:
        writing.write(DOCS, options.size, results, machine.look(home))
    return 0 if all(result.holds for result in results) else 1


def parser() -> argparse.ArgumentParser:
    """The options of `townhall bench`."""
    made = argparse.ArgumentParser(prog="townhall bench", description="The performance figures, beside their limits.")
    made.add_argument("names", nargs="*", help="figures to measure; all where none is named")
    made.add_argument("--only", default="", help="measure this figure alone")
    made.add_argument("--size", type=int, default=41_200, help="how many cases the borough has (default 41200)")
    made.add_argument("--json", action="store_true", help="print a list with one object per figure, nothing else")
    made.add_argument("--write", choices=["docs"], help="keep the figures in docs/performance and draw its page")
    made.add_argument("--runs", type=int, default=RUNS, help="interleaved runs; the median counts (default 5)")
    made.add_argument("--quick", action="store_true", help="a few requests of each, to see that all of it works")
    made.add_argument("--keep-running", action="store_true", help="leave the database running")
    return made


def measured(database: Database, wanted: Sequence[Measurement], runs: int, *, is_quick: bool) -> list[Result]:
    """Every figure's median over the runs; a run measures each figure once, so that an hour's mood falls on all."""
    ground = Ground(database, quick=is_quick)
    values: dict[str, list[float]] = {figure.name: [] for figure in of(wanted)}
    console = Console(stderr=True)
    console.print(f"{database.cases:,} cases. {printing.machine(machine.look(database.home))}", highlight=False)
    columns = (TextColumn("{task.description:<24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    try:
        with Progress(*columns, console=console) as bar:
            task = bar.add_task("", total=runs * len(wanted))
            for ground.round in range(runs):
                for each in wanted:
                    bar.update(task, description=each.name)
                    for name, value in each.measure(ground).items():
                        values[name].append(value)
                    bar.advance(task)
    finally:
        ground.clear()
    console.print(printing.machine(machine.look(database.home)), highlight=False)
    return [of_runs(figure, values[figure.name]) for figure in of(wanted)]


def of(wanted: Sequence[Measurement]) -> list[Figure]:
    """The figures of some measurements, in order."""
    return [figure for each in wanted for figure in each.figures]


def printed(results: Sequence[Result], options: argparse.Namespace) -> None:
    """Print the figures, as JSON or as a table."""
    if options.json:
        sys.stdout.write(printing.as_json(results) + "\n")
    else:
        printing.table(results, Console())
