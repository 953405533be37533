"""Trying whether the installed version serves: a web process of our own on a port that nobody else uses."""

import http.client
import socket
import subprocess
import sys
import tempfile
import time

from townhall.launch import environment
from townhall.upkeep.failures import UpkeepFailed

SECONDS = 90
PAUSE = 0.2


def must_become_ready() -> None:
    """Start `townhall serve`, ask its /readyz until it says yes, and stop it. Raises UpkeepFailed with what it said."""
    port = free_port()
    command = [sys.executable, "-m", "townhall", "serve", "--host", "127.0.0.1", "--port", str(port)]
    with tempfile.TemporaryFile() as said, subprocess.Popen(command, stdout=said, stderr=said) as process:
        try:
            answer = _ask_until_ready(process, port)
        finally:
            process.terminate()
            process.wait(30)
        if answer:
            said.seek(0)
            last = said.read().decode(errors="replace").strip().splitlines()[-1:]
            raise UpkeepFailed(f"a web process does not become ready: {answer} {' '.join(last)}".strip())


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _ask_until_ready(process: subprocess.Popen[bytes], port: int) -> str:
    """What /readyz said last; empty where it said yes."""
    said, deadline = "no answer", time.monotonic() + SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            status, said = ask(port, "/readyz")
        except OSError:
            time.sleep(PAUSE)
            continue
        if status == 200:
            return ""
        time.sleep(PAUSE)
    return said


def ask(port: int, path: str) -> tuple[int, str]:
    """Status and text of a page of a process on this machine, asked by the first name it answers to."""
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        asking.request("GET", path, headers={"Host": environment.text("TOWNHALL_HOSTS").split(",")[0].strip()})
        response = asking.getresponse()
        return response.status, response.read().decode(errors="replace")[:300]
    finally:
        asking.close()
