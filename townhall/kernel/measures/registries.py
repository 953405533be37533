"""Every measure there is; modules add theirs."""
from townhall.kernel.measures.rules import Measure
from townhall.kernel.modules.registries import Registry

measures: Registry[Measure] = Registry("measures")


def measure(entry: Measure) -> Measure:
    """Register a measure under its code."""
    return measures.add(entry.code, entry)
