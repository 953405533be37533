"""Every measure there is, and the names of what they are broken down by; modules add theirs."""

from collections.abc import Callable

from townhall.kernel.measures.rules import Measure
from townhall.kernel.modules.registries import Registry

measures: Registry[Measure] = Registry("measures")
labels: Registry[Callable[[], dict[str, str]]] = Registry("names of breakdowns")
"""By `category`, `ward` or `team_id`: a function that gives the name for each code, in the language of the page."""


def measure(entry: Measure) -> Measure:
    """Register a measure under its code."""
    return measures.add(entry.code, entry)
