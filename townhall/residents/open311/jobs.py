"""Open311 on timers: what waits is sent, what others say is fetched."""
from datetime import datetime

from townhall.kernel.jobs.registries import every
from townhall.residents.open311.actions.fetching import fetch_all
from townhall.residents.open311.actions.forwarding import send_due
from townhall.residents.open311.actions.photos import fetch_photos


@every(seconds=3)
def send(at: datetime) -> None:
    """Send cases and updates to the authorities they belong to."""
    send_due(at)


@every(seconds=20)
def fetch(at: datetime) -> None:
    """Fetch what other authorities say of the cases they have from us."""
    fetch_all(at)


@every(seconds=10)
def photos(at: datetime) -> None:
    """Fetch photos that were sent as addresses."""
    fetch_photos(at)
