"""`--write docs`: keeps what was measured in docs/performance, and makes docs/performance.md of all that is kept."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from townhall.bench import charts
from townhall.bench.machine import Machine
from townhall.bench.rules import Figure, Result

HEAD = """# Performance

Made by `townhall bench --write docs` from what is kept in [performance](performance); how it is measured is
told in [the bench](../townhall/bench/README.md).
Each value is the median of interleaved runs. Ratios, counts and CPU are steady; milliseconds and rates move with the
machine, whose load is told beside them.
"""


def write(docs: Path, size: int, results: Sequence[Result], seen: Machine) -> None:
    """Keep a size's results beside those it had, then write the page and its charts anew from everything kept."""
    folder = docs / "performance"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{size}.json"
    kept: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    now = f"{datetime.now(UTC):%Y-%m-%d}"
    machine = {"fsync_ms": round(seen.fsync_ms, 2), "cores": seen.cores, "load": round(seen.load, 1)}
    for result in results:
        told = result.told() | {"meaning": result.figure.meaning, "on": now, "machine": machine}
        kept[result.figure.name] = told
    path.write_text(json.dumps(kept, indent=1) + "\n")
    page(docs)


def page(docs: Path) -> None:
    """Write docs/performance.md and its charts."""
    folder = docs / "performance"
    by_size = {int(path.stem): json.loads(path.read_text()) for path in folder.glob("*.json")}
    names = list(dict.fromkeys(name for size in sorted(by_size, reverse=True) for name in by_size[size]))
    pictures: list[str] = []
    for name in names:
        values = {size: told[name]["value"] for size, told in by_size.items() if name in told}
        if len(values) > 1:
            told = by_size[max(values)][name]
            (folder / f"{name}.svg").write_text(charts.chart(figure_of(told), values))
            pictures.append(f"![{name}: {told['meaning']}](performance/{name}.svg)")
    sections = [section(size, by_size[size]) for size in sorted(by_size, reverse=True)]
    growth = ["## How each figure grows\n", *pictures] if pictures else []
    (docs / "performance.md").write_text("\n".join([HEAD, *sections, *growth]) + "\n")


def section(size: int, kept: dict[str, dict[str, Any]]) -> str:
    """The table of one size."""
    rows = [
        f"| {name} | {told['value']:,g} | {told['goal']} {told['limit']:,g} | {told['unit']} | "
        f"{'holds' if told['holds'] else '**does not hold**'} | {told['machine']['load']:g} | {told['meaning']} |"
        for name, told in kept.items()
    ]
    head = "| figure | value | limit | unit | | load | what it is |\n| --- | ---: | ---: | --- | --- | ---: | --- |"
    return "\n".join([f"## {size:,} cases\n", head, *rows, ""])


def figure_of(told: dict[str, Any]) -> Figure:
    """A figure as it was kept."""
    return Figure(told["name"], told["unit"], told["limit"], told["goal"], told["meaning"])
