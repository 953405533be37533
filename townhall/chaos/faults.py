"""Breaking things, one at a time, and how long it takes until the installation answers again by itself."""

import contextlib
import json
import os
import random
import signal
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from townhall.chaos.disk import Disk
from townhall.chaos.installation import Installation
from townhall.chaos.processes import Supervisor
from townhall.chaos.rules import RECOVERS_WITHIN_SECONDS, Counts, Fault

FULL_SECONDS = 6.0
WRONG_CLOCKS = (-7_200, -900, 900, 3_600, 7_200)
GIVES_UP_SECONDS = 90.0
CUT = "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'townhall' and pid <> pg_backend_pid()"


class Faults:
    """What breaks things, and notes what came of it."""

    def __init__(
        self, installation: Installation, supervisor: Supervisor, disk: Disk | None, counts: Counts, seed: int
    ) -> None:
        self.installation = installation
        self.supervisor = supervisor
        self.disk = disk
        self.counts = counts
        self.chance = random.Random(seed)
        self.log: Path = installation.root / "faults.jsonl"

    def do(self, fault: Fault, stopping: threading.Event) -> float:
        """Break something and wait until the installation answers again; how long that took, in seconds."""
        what = getattr(self, f"_{fault.kind.replace(' ', '_')}")(*fault.targets)
        began = time.monotonic()
        while not self.installation.answers() and time.monotonic() - began < GIVES_UP_SECONDS and not stopping.is_set():
            time.sleep(0.1)
        took = time.monotonic() - began
        self.counts.faults += 1
        self.counts.recovery_seconds_max = max(self.counts.recovery_seconds_max, round(took, 2))
        self.counts.recovered_late += took > RECOVERS_WITHIN_SECONDS
        self._note(fault, what, took)
        return took

    def _kill(self, *names: str) -> str:
        """A power cut for some processes. Whatever should keep them alive brings them back."""
        for name in names:
            self.counts.kills += 1
            if name == "postgres":
                with contextlib.suppress(OSError, ValueError):
                    os.kill(self.installation.postmaster(), signal.SIGKILL)
            else:
                self.supervisor.kill(name)
        return ""

    def _cut_connections(self) -> str:
        """Every connection to the database ends."""
        try:
            with self.installation.connect() as connection:
                cut = len(connection.execute(CUT).fetchall())
        except psycopg.Error as problem:
            return type(problem).__name__
        return f"{cut} connections"

    def _wrong_clock(self, name: str) -> str:
        """A worker dies and comes back with a clock that is wrong."""
        self.counts.kills += 1
        seconds = self.chance.choice(WRONG_CLOCKS)
        self.supervisor.restart(name, {"TOWNHALL_CLOCK_OFFSET": str(seconds)})
        return f"{seconds:+} s"

    def _full_disk(self) -> str:
        """Nothing can be written for a while."""
        if self.disk is not None:
            self.counts.full_disks += 1
            self.disk.fill(FULL_SECONDS)
        return f"{FULL_SECONDS} s"

    def _note(self, fault: Fault, what: str, took: float) -> None:
        at = datetime.now(UTC).isoformat()
        line = {"at": at, "fault": str(fault), "what": what, "answered_after": round(took, 2)}
        with self.log.open("a") as file:
            file.write(json.dumps(line) + "\n")
