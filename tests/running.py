"""The demo itself, running, and a browser in front of it: journeys cross every module."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests import browser as chromium

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 240


@dataclass(frozen=True)
class Demo:
    """A running demo: Northmere's address and Merrowshire's, and how a command of the same home is run."""

    northmere: str
    merrowshire: str
    environment: dict[str, str]

    def command(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """What a command says that somebody gives in another terminal."""
        whole = [sys.executable, "-m", "townhall", *words]
        return subprocess.run(whole, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)


def two_free_ports() -> int:
    """The first of two neighbouring ports that nobody uses, looked for where no other process does."""
    first = 18_200 + os.getpid() % 400 * 10
    for port in range(first, first + 400, 2):
        with socket.socket() as one, socket.socket() as other:
            try:
                one.bind(("127.0.0.1", port))
                other.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
    raise RuntimeError("no two free ports")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """`townhall demo` at village size, as a person would start it."""
    home, port = tmp_path_factory.mktemp("demo"), two_free_ports()
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("TOWNHALL_", "DATABASE_", "DJANGO_"))
    }
    log = (home / "log").open("w+")
    words = [sys.executable, "-m", "townhall", "demo", "--size", "village", "--cases", "4000", "--port", str(port)]
    told = kept | {"TOWNHALL_HOME": str(home)}
    process = subprocess.Popen(words, cwd=ROOT, env=told, stdout=log, stderr=log)
    running = Demo(f"http://localhost:{port}", f"http://localhost:{port + 1}", told)
    try:
        _until(lambda: "Ready:" in (home / "log").read_text() or process.poll() is not None, START_SECONDS)
        assert process.poll() is None, (home / "log").read_text()
        yield running
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _until(happens: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not happens():
        assert time.monotonic() < deadline, "it did not happen in time"
        pause.wait(0.2)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a file of journeys; closed after it, because an open one keeps Django from the database."""
    yield from chromium.open_browser()


@pytest.fixture
def visitor(browser: Browser, demo: Demo) -> Iterator[Callable[..., Page]]:
    """Call it for a new page of a new visitor: `visitor(role="officer", width=1280, scripts=True, council=...)`."""
    contexts: list[BrowserContext] = []

    def come(
        *, role: str = "", width: int = 1280, scripts: bool = True, council: str = "", language: str = "en"
    ) -> Page:
        context = browser.new_context(
            base_url=council or demo.northmere,
            viewport={"width": width, "height": 800},
            java_script_enabled=scripts,
            locale="cy-GB" if language == "cy" else "en-GB",
        )
        contexts.append(context)
        context.set_default_timeout(20_000)
        page = context.new_page()
        if role:
            page.goto("/demo/")
            page.locator(f"form[action$='/as/{role}/'] button").click()
            page.wait_for_url(lambda url: "/demo/" not in url)
        return page

    yield come
    for context in contexts:
        context.close()
