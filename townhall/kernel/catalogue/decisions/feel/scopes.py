"""What an expression sees when it runs: names with their values, and the run that it counts its steps in."""

from collections.abc import Callable
from typing import TypeVar

from townhall.kernel.catalogue.decisions.feel.errors import OutOfDomain
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.decisions.limits import LimitReached, Run


class Scope(dict[str, Value]):
    """Values by name, those of outer scopes too."""

    __slots__ = ("run",)

    def __init__(self, values: dict[str, Value], run: Run) -> None:
        super().__init__(values)
        self.run = run

    def inner(self) -> "Scope":
        """A scope of its own, with the same values so far."""
        return Scope(self, self.run)


Compiled = Callable[[Scope], Value]
"""An expression, ready to run."""
Found = TypeVar("Found")


def safely(what: Callable[[], Found]) -> Found:
    """What it returns. Raises LimitReached where it went deeper than Python can follow."""
    try:
        return what()
    except RecursionError as problem:
        raise LimitReached("This is nested too deep.") from problem


def null(scope: Scope, problem: OutOfDomain | str) -> None:
    """Null, with a note of why."""
    scope.run.note(str(problem))
