"""The processes of the installation, and what an operator's supervisor does: start again what has died."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

AGAIN_SECONDS = 0.3
"""How soon a supervisor starts a dead process again."""
KINDLY_SECONDS = 15.0


@dataclass
class Process:
    """One `townhall` process: its name, its words, its own part of the environment, and where it writes."""

    name: str
    words: list[str]
    told: dict[str, str]
    log: Path
    running: subprocess.Popen[bytes] | None = None
    more: dict[str, str] = field(default_factory=dict)

    def start(self) -> None:
        """Start it, in a group of its own."""
        with self.log.open("ab") as output:
            self.running = subprocess.Popen(
                [sys.executable, "-m", "townhall", *self.words], env=self.told | self.more, stdout=output,
                stderr=output, start_new_session=True,
            )  # fmt: skip

    def signal(self, number: int) -> None:
        """Send the whole group a signal."""
        if self.running is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.running.pid, number)

    def has_ended(self) -> bool:
        """Whether it was started and runs no more."""
        return self.running is not None and self.running.poll() is not None


class Supervisor:
    """Starts the processes, and starts each again a moment after it has died."""

    def __init__(self, processes: list[Process]) -> None:
        self.processes: Mapping[str, Process] = {process.name: process for process in processes}
        self.stopping = threading.Event()
        self.lock = threading.Lock()
        self.paused: set[str] = set()
        self.thread = threading.Thread(target=self._watch, name="supervisor", daemon=True)

    def start(self) -> None:
        """Start everything, and the watch."""
        for process in self.processes.values():
            process.start()
        self.thread.start()

    def _watch(self) -> None:
        while not self.stopping.wait(AGAIN_SECONDS):
            with self.lock:
                for process in self.processes.values():
                    if process.has_ended() and process.name not in self.paused:
                        process.start()

    def kill(self, name: str) -> None:
        """End a process as a power cut would."""
        self.processes[name].signal(signal.SIGKILL)

    def restart(self, name: str, more: Mapping[str, str]) -> None:
        """Kill a process; it comes back with other settings."""
        with self.lock:
            process = self.processes[name]
            process.more = dict(more)
            process.signal(signal.SIGKILL)

    def pause(self, name: str) -> None:
        """End a process kindly and leave it ended."""
        self.paused.add(name)
        process = self.processes[name]
        process.signal(signal.SIGTERM)
        if process.running is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.running.wait(KINDLY_SECONDS)
        process.signal(signal.SIGKILL)

    def resume(self, name: str, more: Mapping[str, str]) -> None:
        """Let a paused process run again, with other settings."""
        self.processes[name].more = dict(more)
        self.paused.discard(name)

    def stop(self, *, kindly_seconds: float = KINDLY_SECONDS) -> None:
        """End everything, kindly, then firmly."""
        self.stopping.set()
        if self.thread.is_alive():
            self.thread.join()
        for number, seconds in ((signal.SIGTERM, kindly_seconds), (signal.SIGKILL, 3)):
            until = time.monotonic() + seconds
            for process in self.processes.values():
                process.signal(number)
            for process in self.processes.values():
                if process.running is not None:
                    with contextlib.suppress(subprocess.TimeoutExpired):
                        process.running.wait(max(0.1, until - time.monotonic()))
