"""Large and slow bodies: refused early, and no thread waits for one."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from townhall.config.bodies import Bodies

ROOT = Path(__file__).resolve().parents[2]
SCOPE = {"type": "http", "method": "POST", "path": "/", "headers": []}
SECONDS = 60
"""How long a test waits for an answer before it gives up; nothing passes or fails by being quicker."""


async def never() -> MutableMapping[str, Any]:
    """A client that says nothing more."""
    await asyncio.Event().wait()
    raise AssertionError("nothing comes")


def sent(pieces: list[bytes], *, headers: Any = (), most: int = 1_000, ends: bool = True) -> tuple[int, list[bytes]]:
    """What a body of these pieces is answered, and what of it reached the application."""
    reached: list[bytes] = []
    answers: list[MutableMapping[str, Any]] = []
    waiting = [
        {"type": "http.request", "body": piece, "more_body": not ends or number < len(pieces)}
        for number, piece in enumerate(pieces, start=1)
    ]

    async def receive() -> MutableMapping[str, Any]:
        return waiting.pop(0) if waiting else await never()

    async def app(_scope: Any, hear: Any, send: Any) -> None:
        is_more = True
        while is_more:
            message = await hear()
            reached.append(message["body"])
            is_more = message["more_body"]
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: MutableMapping[str, Any]) -> None:
        answers.append(message)

    asyncio.run(Bodies(app, most=most, grace_seconds=0.05)({**SCOPE, "headers": list(headers)}, receive, send))
    return answers[0]["status"], reached


def test_a_body_arrives_as_it_was_sent() -> None:
    status, reached = sent([b"a" * 400, b"b" * 400, b""])
    assert (status, b"".join(reached)) == (200, b"a" * 400 + b"b" * 400)


def test_no_body_is_a_body_too() -> None:
    assert sent([b""]) == (200, [b""])


def test_a_body_that_says_it_is_too_large_is_not_read() -> None:
    assert sent([], headers=[(b"content-length", b"1001")]) == (413, [])


def test_a_body_that_becomes_too_large_is_refused() -> None:
    assert sent([b"a" * 600] * 3) == (413, [])


def test_a_body_that_stops_halfway_is_refused() -> None:
    assert sent([b"a"], ends=False) == (408, [])


@pytest.mark.parametrize(
    "lengths", [[b"1", b"2"], [b"-1"], [b"1, 1"], [b"0x10"], [b"+5"], [b"1" * 20], ["٣".encode()]], ids=str
)
def test_lengths_that_make_no_sense_are_refused(lengths: list[bytes]) -> None:
    assert sent([b"ab"], headers=[(b"content-length", length) for length in lengths])[0] == 400


@pytest.fixture(scope="module")
def server(postgres_server: Any, second_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a real server with two threads."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    home = tmp_path_factory.mktemp("home")
    settings = os.environ | {"DATABASE_URL": second_database, "TOWNHALL_HOME": str(home)}
    words = [sys.executable, "-m", "townhall", "serve", "--port", str(port), "--threads", "2"]
    with (home / "log").open("w") as log:
        process = subprocess.Popen(words, cwd=ROOT, env=settings, stdout=log, stderr=log)
    try:
        assert wait_for(port, process), (home / "log").read_text()
        yield port
    finally:
        process.terminate()
        process.wait(30)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> bool:
    """Whether the server answers before it ends; the kernel refuses a connection at once until it listens."""
    with closing(socket.socket()) as probe:
        probe.settimeout(0.2)
        while process.poll() is None:
            try:
                with closing(socket.create_connection(("127.0.0.1", port), timeout=SECONDS)):
                    return True
            except ConnectionRefusedError:
                try:
                    process.wait(0.2)
                except subprocess.TimeoutExpired:
                    continue
    return False


def said(port: int, *pieces: bytes) -> bytes:
    """What the server answers to these bytes; empty where it only hangs up."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=SECONDS)) as line:
        try:
            for piece in pieces:
                line.sendall(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass
        try:
            return line.recv(65_536)
        except ConnectionResetError:
            return b""


ASK = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
POST = b"POST /reports/new/ HTTP/1.1\r\nHost: localhost\r\n"


def test_clients_that_send_slowly_do_not_keep_others_waiting(server: int) -> None:
    half = POST + b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\na="
    with ExitStack() as held:
        for _ in range(20):
            line = held.enter_context(closing(socket.create_connection(("127.0.0.1", server), timeout=SECONDS)))
            line.sendall(half)
        for _ in range(4):
            assert said(server, ASK).startswith(b"HTTP/1.1 200")


def test_clients_that_do_not_say_what_they_want_are_hung_up_on(server: int) -> None:
    with closing(socket.create_connection(("127.0.0.1", server), timeout=SECONDS)) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        assert line.recv(65_536)[:12] in {b"", b"HTTP/1.1 408"}


def test_a_hundred_megabytes_are_refused_before_they_are_sent(server: int) -> None:
    answer = said(server, POST + b"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 100000000\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"64 MB" in answer


def test_a_hundred_megabytes_of_unknown_length_are_refused_on_the_way(server: int) -> None:
    piece = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
    answer = said(server, POST + b"Transfer-Encoding: chunked\r\n\r\n", *[piece] * 100, b"0\r\n\r\n")
    assert answer == b"" or answer.startswith(b"HTTP/1.1 413")
    assert said(server, ASK).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 5\r\nContent-Length: 6\r\n", b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked, identity\r\n", b"Transfer-Encoding: xchunked\r\n", b"Content-Length: -1\r\n",
        b"Content-Length : 5\r\n", b"X: a\rb\r\n", b"X\x00: a\r\n",
    ],
    ids=str,
)  # fmt: skip
def test_a_request_that_two_servers_could_read_in_two_ways_is_one_request(headers: bytes, server: int) -> None:
    smuggled = b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"
    answer = said(server, POST + headers + b"\r\n0\r\n\r\n" + smuggled)
    assert b"townhall_requests_total" not in answer
    assert not answer.startswith(b"HTTP/1.1 5")
    assert said(server, ASK).startswith(b"HTTP/1.1 200")
