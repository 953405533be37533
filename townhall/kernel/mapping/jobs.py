"""Timers of the map."""

from datetime import datetime

from townhall.kernel.jobs.registries import every
from townhall.kernel.mapping import actions


@every(2)
def count_what_time_changed(at: datetime) -> None:
    """Dates are missed and cases grow older, and nothing happens to them meanwhile."""
    while actions.grow_older(at=at) == actions.BATCH:
        pass


@every(3600)
def sweep_the_grid(_at: datetime) -> None:
    """What counts nothing any more is removed."""
    actions.sweep()
