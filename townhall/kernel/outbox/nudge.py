"""Waking the relay after a commit: one notification at a time, from a connection of its own, never inside a
transaction.

A lost nudge costs a second: the relay sweeps.
"""

import contextlib
import threading

import psycopg

from townhall.kernel.modules import databases

CHANNEL = "townhall_outbox"


class Nudger:
    """A thread that sends NOTIFY when asked; asks that come meanwhile are one."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.is_closing = False
        self.lock = threading.Lock()
        self.thread: threading.Thread | None = None

    def ask(self) -> None:
        """Wake the relay soon."""
        with self.lock:
            if self.thread is None or not self.thread.is_alive():
                self.parameters = databases.direct()
                self.thread = threading.Thread(target=self._work, daemon=True, name="nudge")
                self.thread.start()
        self.asked.set()

    def close(self) -> None:
        """Send what was asked for and let go of the database; the next ask begins again."""
        with self.lock:
            if self.thread is not None and self.thread.is_alive():
                self.is_closing = True
                self.asked.set()
                self.thread.join()
                self.is_closing = False

    def _work(self) -> None:
        with contextlib.suppress(psycopg.Error), psycopg.connect(**self.parameters, autocommit=True) as sender:
            while not self.is_closing:
                self.asked.wait()
                self.asked.clear()
                sender.execute(f"notify {CHANNEL}")  # pyright: ignore[reportArgumentType]


nudger = Nudger()
