"""How tests run texts of FEEL."""

from datetime import UTC, datetime
from typing import Any

from townhall.kernel.catalogue.decisions.feel.expressions import INPUT, Reader, evaluated
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.decisions.feel.writing import written
from townhall.kernel.catalogue.decisions.limits import Limits, Run

NOW = datetime(2026, 5, 12, 12, 0, tzinfo=UTC)


def feel(text: str, limits: Limits | None = None, **values: Any) -> Value:
    """The value of an expression, with these names in scope."""
    run = Run(limits or Limits(), now=NOW)
    return evaluated(Reader(limits=run.limits).expression(text, values), values, run)


def shown(text: str, **values: Any) -> str:
    """The value of an expression as it would be written."""
    return written(feel(text, **values))


def note(text: str) -> str:
    """Why the value of an expression is null."""
    run = Run()
    assert evaluated(Reader().expression(text), {}, run) is None
    return "; ".join(run.notes)


def cell(text: str, value: Any, **values: Any) -> Value:
    """Whether a value satisfies the tests of a cell."""
    return evaluated(Reader().tests(text, values), {INPUT: value, **values})
