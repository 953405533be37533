"""What a worker process does: relay events, run timers, do background jobs. Several may run at once."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import psycopg
from django.db import close_old_connections, connection, transaction

from townhall.kernel.jobs import background
from townhall.kernel.jobs.clock import clock
from townhall.kernel.jobs.models import TimerRun
from townhall.kernel.jobs.registries import Timer, timers
from townhall.kernel.live import actions as live
from townhall.kernel.modules import databases
from townhall.kernel.outbox.relay import WAKES_ON, relay_once

log = logging.getLogger("townhall.worker")
SWEEP_SECONDS = 0.75
"""How long the relay waits for a notification. With the time of a round, a lost one costs an event a second at most."""


class Worker:
    """Three loops, each in a thread with a connection of its own; a loop that fails is tried again a second later."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="timer")
        self.at_work: set[str] = set()

    def run(self) -> None:
        """Work until `stop`."""
        loops = [self._relay, self._timers, self._background]
        threads = [threading.Thread(target=self._forever, args=[loop], name=loop.__name__) for loop in loops]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.pool.shutdown(wait=True, cancel_futures=True)

    def stop(self) -> None:
        """Let every loop end after what it does now."""
        self.stopping.set()

    def _forever(self, loop: Callable[[], None]) -> None:
        while not self.stopping.is_set():
            try:
                close_old_connections()
                loop()
            except Exception:
                log.exception("worker loop failed", extra={"part": loop.__name__})
                self.stopping.wait(1)
        connection.close()

    def _relay(self) -> None:
        """Relay what waits; when there is nothing, wait for a notification or the sweep."""
        clock.agree()
        with psycopg.connect(**_listening()) as listener:
            listener.execute(f"listen {WAKES_ON}")
            while not self.stopping.is_set():
                events = relay_once(at=clock.now())
                live.tell(events)
                if not events:
                    for _ in listener.notifies(timeout=SWEEP_SECONDS, stop_after=1):
                        pass

    def _timers(self) -> None:
        """Start what is due, each in a thread of its own, so that a slow one holds up no other."""
        clock.agree()
        for timer in timers:
            if timer.name not in self.at_work and _is_due(timer, clock.now()):
                self.at_work.add(timer.name)
                self.pool.submit(self._run, timer)
        self.stopping.wait(0.5)

    def _run(self, timer: Timer) -> None:
        try:
            close_old_connections()
            timer.run(clock.now())
        except Exception:
            log.exception("timer failed", extra={"part": timer.name})
        finally:
            self.at_work.discard(timer.name)
            connection.close()

    def _background(self) -> None:
        background.work(self.stopping)


def _listening() -> dict[str, Any]:
    return {**databases.direct(), "autocommit": True}


def _is_due(timer: Timer, at: datetime) -> bool:
    """Whether this worker shall run the timer now; it is then marked as run, for all workers."""
    with transaction.atomic():
        run, made = TimerRun.objects.select_for_update(skip_locked=False).get_or_create(
            name=timer.name, defaults={"ran_at": at}
        )
        if not made and at - run.ran_at < timedelta(seconds=timer.seconds):
            return False
        run.ran_at = at
        run.save()
    return True
