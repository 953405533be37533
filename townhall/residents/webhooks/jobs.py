"""Webhooks on timers."""

from datetime import datetime

from townhall.kernel.jobs.registries import every
from townhall.residents.webhooks import actions


@every(seconds=1)
def send(at: datetime) -> None:
    """Send what is due."""
    actions.send_due(at)


@every(seconds=3_600)
def forget(at: datetime) -> None:
    """Forget what was sent long ago."""
    actions.forget_old(at)
