"""Decision tables: what the table of 200 rules costs in CPU, without a trace and with one. Needs no server."""

import time

from townhall.bench.ground import Ground
from townhall.bench.measurements import measurement
from townhall.bench.rules import Figure
from townhall.kernel.catalogue.decisions.engine import Engine
from townhall.kernel.catalogue.decisions.limits import DEFAULT
from townhall.kernel.catalogue.decisions.yaml_models import read_yaml

RULES, CASES, QUICK = 200, 20_000, 500
ZONES = ("north", "east", "south", "west")


def table() -> bytes:
    """A model with one table: fees by zone, emissions and whether it is the first car of a household."""
    rules: list[str] = []
    for number in range(RULES // 2):
        low = 10 * (number // len(ZONES))
        zone = ZONES[number % len(ZONES)]
        for first in ("true", "false"):
            fee = 40 + number + 20 * (first == "false")
            rules.append(f"""        - ['"{zone}"', "[{low}..{low + 10})", "{first}", "{fee}"]""")
    return "\n".join([
        "name: Parking permits",
        "inputs: {Zone: string, Emissions: number, First: boolean}",
        "decisions:",
        "  Fee:",
        "    type: number",
        "    table:",
        "      hit: unique",
        "      inputs: [Zone, Emissions, First]",
        "      outputs: [fee]",
        "      rules:",
        *rules,
    ]).encode()  # fmt: skip


def cost(engine: Engine, cases: int, *, trace: bool) -> float:
    """Microseconds of CPU for one answer."""
    given = [{"Zone": ZONES[each % 4], "Emissions": each * 7 % 250, "First": each % 2 == 0} for each in range(cases)]
    began = time.process_time()
    for each in given:
        engine.decide("Fee", each, trace=trace)
    return (time.process_time() - began) / cases * 1_000_000


@measurement(
    "decisions",
    Figure("decision_table", "us of CPU", 10, "at most", "A table of 200 rules and 3 inputs, without a trace"),
    Figure(
        "decision_trace", "us of CPU", 50, "at most", "The same with a trace: which rules apply, and why not the others"
    ),
    order=150,
)
def decisions(ground: Ground) -> dict[str, float]:
    """Cases of every rule, one after another, as they come from a form."""
    engine = ground.keep("decisions.engine", lambda: Engine([read_yaml(table(), "permits.yaml", DEFAULT)]))
    cases = QUICK if ground.quick else CASES
    return {
        "decision_table": cost(engine, cases, trace=False),
        "decision_trace": cost(engine, cases, trace=True),
    }
