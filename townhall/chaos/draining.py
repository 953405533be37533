"""After the faults: everything comes back, and what waits is worked off. Time is moved on, so that no wait is real."""

import time

import psycopg

from townhall.chaos.installation import Installation
from townhall.chaos.processes import Supervisor

UNTIL_QUIET_SECONDS = 120.0
WAITS = """
select (select count(*) from outbox_event where relayed_at is null), (select count(*) from outbox_retry),
       (select count(*) from notify_letter where state in ('held', 'waiting', 'sending') and channel <> 'post'),
       (select count(*) from webhooks_delivery where state = 'waiting')
"""
TWO_DAYS_LATER = (
    "update notify_letter set claimed_at = claimed_at - interval '2 days', next_at = next_at - interval '2 days'",
    "update outbox_retry set next_at = next_at - interval '2 days'",
    "update webhooks_delivery set next_at = next_at - interval '2 days' where state = 'waiting'",
)
"""Longer than any claim and any wait before another try."""


def drain(installation: Installation, supervisor: Supervisor) -> str:
    """Let the workers, as if two days had gone by, do what is left; what still waits then, in words; empty for nothing.

    A letter whose worker died while it was sent is claimed for a quarter of an hour, one that was refused waits for a
    minute or for hours: both are made two days older, while no worker runs.
    """
    workers = [name for name in supervisor.processes if name.startswith("worker")]
    for name in workers:
        supervisor.pause(name)
    with installation.connect() as connection:
        for statement in TWO_DAYS_LATER:
            connection.execute(statement)
    for name in workers:
        supervisor.resume(name, {})
    return _until_quiet(installation)


def _until_quiet(installation: Installation) -> str:
    deadline = time.monotonic() + UNTIL_QUIET_SECONDS
    left = (0, 0, 0, 0)
    quiet = 0
    while time.monotonic() < deadline:
        try:
            with installation.connect() as connection:
                left = connection.execute(WAITS).fetchone() or left
        except psycopg.Error:
            continue
        quiet = 0 if any(left) else quiet + 1
        if quiet == 3:
            return ""
        time.sleep(0.5)
    return "{} events, {} retries, {} letters and {} webhook deliveries still wait".format(*left)
