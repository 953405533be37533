"""`townhall demo`: everything in one terminal, stopped together by Ctrl-C."""

import argparse
import contextlib
import os
import signal
import subprocess
import time
import urllib.request

from townhall.demo import making
from townhall.demo.installations import NAMES, PORT, Installation, installations, keep_port
from townhall.demo.making import say, start
from townhall.launch import environment, postgres

READY_SECONDS = 60


def demo(words: list[str]) -> int:
    """Make what is missing, start every process, and wait; the exit status."""
    options = parser().parse_args(words)
    home = environment.home()
    if options.fresh:
        making.forget(home)
    server = postgres.start(home / "postgres")
    stopping = postgres.keep_in_background(home / "postgres")
    try:
        return run(server, options)
    finally:
        stopping.set()
        postgres.stop(home / "postgres")


def run(server: postgres.Server, options: argparse.Namespace) -> int:
    """Make what is missing on a running server, and live until stopped; the exit status."""
    home = environment.home()
    councils = installations(home, options.port, options.only)
    wanted = {"seed": options.seed, "size": options.size, "cases": options.cases, "made_of": making.fingerprint()}
    missing = [one for one in councils if making.noted(one) != wanted]
    if missing:
        making.make(server, missing, wanted)
    making.introduce(server, installations(home, options.port))
    keep_port(home, options.port)
    return Household(server, councils).live()


def parser() -> argparse.ArgumentParser:
    """The options of `townhall demo`."""
    made = argparse.ArgumentParser(prog="townhall demo", description="A living council in one terminal.")
    made.add_argument(
        "--port", type=int, default=PORT, help="Northmere's port; Merrowshire has the next (default 8000)"
    )
    made.add_argument("--seed", type=int, default=11, help="another number draws another borough (default 11)")
    made.add_argument("--size", choices=["village", "town", "city"], default="town", help="default town")
    made.add_argument("--cases", type=int, default=0, help="about how many cases; default by size")
    made.add_argument("--only", choices=NAMES, default="", help="start only this council")
    made.add_argument("--fresh", action="store_true", help="begin again with new data")
    return made


class Household:
    """The running processes of the demo."""

    def __init__(self, server: postgres.Server, councils: list[Installation]) -> None:
        self.server = server
        self.councils = councils
        self.is_stopping = False
        self.processes: list[subprocess.Popen[bytes]] = []

    def live(self) -> int:
        """Start, say Ready, and stay until a signal comes or a process dies."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop_soon)
        try:
            self.start()
            if not self.is_ready():
                return 1
            say(f"Ready: {self.councils[0].url}")
            say(f"Walk in as anyone: {self.councils[0].url}/demo/    (Ctrl-C stops everything)")
            return self.watch()
        finally:
            self.stop()

    def stop_soon(self, *_signal: object) -> None:
        """A signal came. A flag and no event: a signal that comes while its lock is held would wait for ever."""
        self.is_stopping = True

    def start(self) -> None:
        """Start the web and the worker process of each council."""
        for one in self.councils:
            told = one.environment(self.server)
            self.processes.append(start(["serve", "--port", str(one.port)], told))
            self.processes.append(start(["worker"], told))

    def is_ready(self) -> bool:
        """Wait until every council answers; False where one does not in time or a process has died."""
        deadline = time.monotonic() + READY_SECONDS
        waiting = list(self.councils)
        while waiting and time.monotonic() < deadline and not self.is_stopping:
            waiting = [one for one in waiting if not answers(f"{one.url}/readyz")]
            if any(process.poll() is not None for process in self.processes):
                say("A process stopped. Is another program using the port? Try: ./run demo --port 8100")
                return False
            time.sleep(0.1)
        return not waiting and not self.is_stopping

    def watch(self) -> int:
        """Until told to stop: begin again when a visitor asks, end when a process dies."""
        while not self.is_stopping:
            time.sleep(0.2)
            for one in self.councils:
                if (asked := one.home / one.name / "start-again").exists():
                    self.start_again()
                    asked.unlink(missing_ok=True)
            if any(process.poll() is not None for process in self.processes):
                say("A process stopped; its last lines are above. Everything else is stopped too.")
                return 1
        return 0

    def start_again(self) -> None:
        """Put every council back to how it was first drawn. The processes stay and connect anew."""
        for one in self.councils:
            if one.kept.exists():
                making.copy(self.server, making.first(one), one.name)
        making.introduce(self.server, self.councils)
        say("Started again with the borough as it was first drawn.")

    def stop(self) -> None:
        """Stop what was started, kindly, then firmly."""
        for process in self.processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        deadline = time.monotonic() + 8
        for process in self.processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
        for process in self.processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def answers(url: str) -> bool:
    """Whether the address answers with 200."""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310 # nosec B310
            return response.status == 200
    except OSError:
        return False
