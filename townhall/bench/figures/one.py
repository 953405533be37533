"""`one`, against which other pages are measured."""

from townhall.bench.ground import Ground
from townhall.bench.measurements import measurement
from townhall.bench.rules import Figure

MEANING = "Server CPU of the simplest signed-in page: full middleware, page shell, one ORM query of its own"


@measurement("one", Figure("one", "ms of CPU", 8, "at most", MEANING), order=10)
def one(ground: Ground) -> dict[str, float]:
    """The page of a resident's preferences."""
    return {"one": ground.one().server_ms}
