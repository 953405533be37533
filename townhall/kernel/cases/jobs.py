"""Timers of cases."""

from datetime import datetime

from townhall.kernel.cases import actions
from townhall.kernel.jobs.registries import every


@every(30)
def note_missed_dates(at: datetime) -> None:
    """Say on each case whose date has passed that it was missed."""
    while actions.miss_dates(at=at) == 500:
        pass
