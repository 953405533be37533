"""What runs on a timer: nothing that a payer or provider leaves hanging stays so."""

from datetime import datetime

from townhall.kernel.jobs.registries import every
from townhall.residents.payments import actions


@every(10)
def ask_again(at: datetime) -> int:
    """Ask the providers about payments that hang."""
    return actions.look_at_hanging(at)


@every(20)
def close_overdue(at: datetime) -> int:
    """Close payments whose time is over."""
    return actions.close_overdue(at)


@every(20)
def send_refunds(at: datetime) -> int:
    """Send money back."""
    return actions.send_refunds(at)
