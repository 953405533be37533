"""What is done to letters on a timer."""

from datetime import datetime

from townhall.kernel.jobs.registries import every
from townhall.kernel.notify import actions


@every(1)
def send_due(at: datetime) -> int:
    """Send the letters whose time has come."""
    return actions.send_due(at)


@every(300)
def fetch_statuses(at: datetime) -> int:
    """Ask GOV.UK Notify how letters fared that it has not told us about."""
    return actions.fetch_statuses(at)
