"""The processes of an installation under measurement: started as an operator would, watched from outside."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from townhall.bench.machine import cpu_seconds

READY_SECONDS = 60


class NotReady(RuntimeError):
    """A process did not come up; its own lines are above."""


@dataclass(slots=True)
class Process:
    """A running `townhall` process."""

    running: subprocess.Popen[bytes]

    def cpu(self) -> float:
        """CPU seconds used so far, by it and all below it."""
        return cpu_seconds(self.running.pid)

    def stop(self) -> None:
        """Stop it, kindly, then firmly."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.running.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.running.wait(8)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.running.pid, signal.SIGKILL)


@dataclass(slots=True)
class Served(Process):
    """A process that answers on a port."""

    port: int

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://localhost:{self.port}"


def start(words: list[str], told: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start a `townhall` process in a group of its own; what it says goes to stderr, which is for people."""
    command = [sys.executable, "-m", "townhall", *words]
    return subprocess.Popen(command, env=dict(told), start_new_session=True, stdout=sys.stderr.fileno())


def serve(words: list[str], told: Mapping[str, str], port: int) -> Served:
    """Start `townhall serve` on a port and wait until it is ready. Raises NotReady."""
    served = Served(start(["serve", "--port", str(port), *words], told), port)
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and served.running.poll() is None:
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{served.url}/readyz", timeout=5).status_code == 200:
                return served
        time.sleep(0.1)
    served.stop()
    raise NotReady(f"townhall serve did not answer on port {port}")


def free_port() -> int:
    """A port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
