"""What the bench says: figures as JSON or as a table, and the machine beside them."""

import json
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from townhall.bench.machine import Machine
from townhall.bench.rules import Result


def as_json(results: Sequence[Result]) -> str:
    """A list with one object per figure."""
    return json.dumps([result.told() for result in results], indent=1)


def table(results: Sequence[Result], console: Console) -> None:
    """The figures, each beside its limit."""
    made = Table()
    for title, justify in (("figure", "left"), ("value", "right"), ("limit", "right"), ("", "left"), ("", "left")):
        made.add_column(title, justify=justify)  # pyright: ignore[reportArgumentType]
    for result in results:
        figure = result.figure
        holds = "[green]holds[/]" if result.holds else "[red]does not hold[/]"
        made.add_row(figure.name, f"{result.value:,g}", f"{figure.goal} {figure.limit:,g}", figure.unit, holds)
    console.print(made)


def machine(seen: Machine) -> str:
    """A line about the machine."""
    return f"fsync of 8 kB {seen.fsync_ms:.2f} ms; {seen.cores} processors, load {seen.load:.1f}"
