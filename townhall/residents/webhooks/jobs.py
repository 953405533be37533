"""Webhooks on timers."""

from datetime import datetime

from townhall.kernel.jobs.registries import every
from townhall.residents.webhooks import actions


@every(seconds=1)
def send(at: datetime) -> None:
    """Send what is due."""
    actions.send_due(at)


@every(seconds=2)
def call(at: datetime) -> None:
    """Call other systems with what processes have ordered."""
    actions.send_calls(at)


@every(seconds=3_600)
def forget(at: datetime) -> None:
    """Forget what was sent long ago."""
    actions.forget_old(at)
    actions.forget_calls(at)
