"""`one`, against which other pages are measured."""

from townhall.bench import machine
from townhall.bench.ground import Ground
from townhall.bench.measurements import measurement
from townhall.bench.rules import Figure

MEANING = (
    "Server CPU of the simplest signed-in page (full middleware, page shell, one ORM query of its own), as a multiple"
    " of 100,000 turns of a plain loop in Python (8 ms, or twice that in a slow hour)"
)


@measurement("one", Figure("one", "times a loop", 2, "at most", MEANING), order=10)
def one(ground: Ground) -> dict[str, float]:
    """The page of a resident's preferences."""
    return {"one": ground.one().server_ms / machine.turns_ms()}
