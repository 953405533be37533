"""What runs on a timer."""

from datetime import datetime

from townhall.kernel.jobs.registries import every
from townhall.residents.services import actions


@every(3600)
def forget_applications(at: datetime) -> int:
    """Remove applications that were begun and left alone for 28 days."""
    return actions.forget_old_applications(at)


@every(20)
def come_due(at: datetime) -> int:
    """Send the timers of processes whose moment has come."""
    return actions.come_due(at)


@every(3600)
def see_to_signatures(at: datetime) -> int:
    """Remind who has not signed at half of the time, and end what nobody signed in time."""
    return actions.lapse_signatures(at) + actions.remind_signers(at)


@every(3600)
def remind(at: datetime) -> int:
    """Write to whoever had a link mailed to an application that is forgotten within a week."""
    return actions.remind_of_applications(at)
