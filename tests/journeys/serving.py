"""A live server in this process, for journeys with a council of their own; the database asked beside a browser."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connection
from django.test.testcases import LiveServerThread

T = TypeVar("T")


def serving() -> Iterator[str]:
    """The address of a live server, as long as the fixture that yields from it lives."""
    thread = LiveServerThread("localhost", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    assert thread.error is None
    yield f"http://localhost:{thread.port}"
    thread.terminate()


def apart(ask: Callable[[], T]) -> T:
    """Ask the database in a thread of its own: the browser's loop is in this one."""

    def asked() -> T:
        try:
            return ask()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asked).result()
