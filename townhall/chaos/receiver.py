"""A system that is told by webhook, and misbehaves: it fails, falls silent, hangs up, and lies about what it took."""

import threading
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random

import msgspec

WAYS = ("well",) * 10 + ("fails", "fails", "hangs up", "takes it and hangs up", "takes it and fails", "is silent")
SILENT_SECONDS = 12.0
"""Longer than we wait for another server."""


@dataclass
class Noticeboard:
    """What the receiver was told, in the order it came, and how it behaves."""

    chance: Random
    behaves: bool = False
    came: Counter[str] = field(default_factory=Counter[str])
    order: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    unsigned: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    stopping: threading.Event = field(default_factory=threading.Event)

    def way(self) -> str:
        """How the next call is met."""
        with self.lock:
            return "well" if self.behaves else self.chance.choice(WAYS)

    def keep(self, event_id: str, body: bytes) -> None:
        """Take an event; its place among those of its case is noted when it comes for the first time."""
        event = msgspec.json.decode(body)
        with self.lock:
            self.came[event_id] += 1
            if self.came[event_id] == 1 and "subject" in event:
                self.order.setdefault(event["subject"], []).append(event["sequence"])

    @property
    def out_of_order(self) -> int:
        """Cases whose events came for the first time in another order than they happened."""
        return sum(told != sorted(told) for told in self.order.values())


class Receiver(ThreadingHTTPServer):
    """The receiver, on a port of this machine that is free."""

    daemon_threads = True

    def __init__(self, board: Noticeboard) -> None:
        super().__init__(("127.0.0.1", 0), _Call)
        self.board = board
        threading.Thread(target=self.serve_forever, name="receiver", daemon=True).start()

    @property
    def url(self) -> str:
        """Where it wants to be told."""
        return f"http://127.0.0.1:{self.server_address[1]}/told"

    def stop(self) -> None:
        """Take nothing more."""
        self.board.stopping.set()
        self.shutdown()
        self.server_close()


class _Call(BaseHTTPRequestHandler):
    """One call."""

    server: Receiver  # pyright: ignore[reportIncompatibleVariableOverride]

    def do_POST(self) -> None:
        """Take it, or misbehave."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        board, way = self.server.board, self.server.board.way()
        if way in {"well", "takes it and hangs up", "takes it and fails"}:
            board.keep(self.headers["webhook-id"], body)
        if way == "is silent":
            board.stopping.wait(SILENT_SECONDS)
        if way in {"well", "fails", "takes it and fails"}:
            self.send_response(204 if way == "well" else 500)
            self.end_headers()
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""
