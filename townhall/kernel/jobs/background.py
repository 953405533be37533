"""Background jobs on procrastinate: queued in the transaction that asks for them, watched through `Progress`."""

import logging
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from asgiref.sync import async_to_sync
from procrastinate import JobContext
from procrastinate.contrib.django import app

from townhall.kernel.jobs.models import Progress
from townhall.kernel.jobs.registries import background

Item = TypeVar("Item")
log = logging.getLogger("townhall.worker")
QUEUE = "townhall"
SILENT_SECONDS = 30
"""A worker says that it lives every ten; one that was silent for so long has died, and its job is anybody's."""


@app.task(name="townhall.background", queue=QUEUE, pass_context=True, retry=3)
def run(_context: JobContext, *, progress_id: str) -> None:
    """Do the job that a progress row names. A failure is told on its page, and tried again three times."""
    progress = Progress.objects.get(pk=progress_id)
    if progress.state == Progress.State.DONE:
        return
    _set(progress, state=Progress.State.RUNNING, started_at=datetime.now(UTC), attempts=progress.attempts + 1)
    try:
        background[progress.job](progress, **progress.arguments)
    except Exception as error:
        _set(progress, state=Progress.State.FAILED, message=type(error).__name__, ended_at=datetime.now(UTC))
        raise
    _set(progress, state=Progress.State.DONE, ended_at=datetime.now(UTC))


def _set(progress: Progress, **changes: object) -> None:
    for name, value in changes.items():
        setattr(progress, name, value)
    progress.save(update_fields=list(changes))


def counting(progress: Progress, items: Sequence[Item], *, every: int = 50) -> Iterator[Item]:
    """Go through the items, keeping how many are done for whoever watches."""
    _set(progress, done=0, total=len(items))
    for number, item in enumerate(items, start=1):
        yield item
        if number % every == 0 or number == len(items):
            _set(progress, done=number, seen_at=datetime.now(UTC))


def work(stopping: threading.Event) -> None:
    """Do waiting jobs until there are none, then wait two seconds or until told to stop."""
    worker_app = app.with_connector(app.connector.get_worker_connector())  # pyright: ignore[reportAttributeAccessIssue]
    async_to_sync(_drain)(worker_app)
    stopping.wait(2)


async def _drain(worker_app) -> None:
    async with worker_app.open_async():
        for job in await worker_app.job_manager.get_stalled_jobs(queue=QUEUE, seconds_since_heartbeat=SILENT_SECONDS):
            log.warning("a job whose worker died is done again")
            await worker_app.job_manager.retry_job(job)
        await worker_app.run_worker_async(
            queues=[QUEUE], wait=False, install_signal_handlers=False, listen_notify=False
        )
