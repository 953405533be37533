"""A mail server that misbehaves: it refuses, falls silent, hangs up in the middle, takes a letter without saying so.

It keeps what it took, and whether the sender has heard its answer: whoever goes on talking after `250` has.
"""

import random
import socketserver
import threading
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

WAYS = ("well",) * 12 + ("4xx", "5xx", "hangs up", "drops the answer", "drops the answer", "is silent")
SILENT_SECONDS = 12.0
"""Longer than we wait for a mail server."""


@dataclass
class Taken:
    """A message that was taken; `is_heard` once the sender went on talking after the answer."""

    message_id: str
    to: str
    message: EmailMessage
    is_answered: bool = False
    is_heard: bool = False

    @property
    def text(self) -> str:
        """The plain words of the message."""
        body = self.message.get_body(("plain",))
        return str(body.get_content()) if body else ""

    @property
    def letter(self) -> str:
        """Which letter it is: our Message-ID names the letter and the sending."""
        return self.message_id.partition(".")[0]


@dataclass
class Mailbag:
    """What was taken so far, and how the server behaves."""

    chance: random.Random
    taken: list[Taken] = field(default_factory=list[Taken])
    behaves: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)
    stopping: threading.Event = field(default_factory=threading.Event)

    def way(self) -> str:
        """How the next message is met."""
        with self.lock:
            return "well" if self.behaves else self.chance.choice(WAYS)

    def keep(self, to: str, content: bytes) -> Taken:
        """Take a message."""
        message = message_from_bytes(content, policy=policy.default)
        taken = Taken(message_id=str(message["Message-ID"]).strip("<> "), to=to, message=message)  # pyright: ignore[reportArgumentType]
        with self.lock:
            self.taken.append(taken)
        return taken


class _HangUp(Exception):
    pass


class _Session(socketserver.StreamRequestHandler):
    """One session with a sender. RFC 5321, as much of it as a sender needs."""

    timeout = 60
    server: "MailServer"  # pyright: ignore[reportIncompatibleVariableOverride]

    def setup(self) -> None:
        super().setup()
        self.to = ""
        self.way = "well"
        self.last: Taken | None = None

    def handle(self) -> None:
        """Greet, and answer command after command."""
        try:
            self.say("220 mail.example")
            while line := self.rfile.readline(2_000):
                if self.last is not None:
                    self.last.is_heard, self.last = True, None
                self.answer(line.decode("latin-1").strip())
        except (_HangUp, OSError):
            return

    def answer(self, line: str) -> None:
        """One command."""
        word = line[:4].upper()
        if word in {"EHLO", "HELO"}:
            self.say("250 mail.example")
        elif word == "MAIL":
            self.way = self.server.bag.way()
            self.say("250 go on")
        elif word == "RCPT":
            self.to = line.partition("<")[2].partition(">")[0]
            self.say({"4xx": "451 try again later", "5xx": "550 no such person"}.get(self.way, "250 go on"))
        elif word == "DATA":
            self.take()
        elif word == "QUIT":
            self.say("221 bye")
            raise _HangUp
        else:
            self.say("250 as you like")

    def take(self) -> None:
        """The message itself."""
        self.say("354 go ahead")
        if self.way == "hangs up":
            self.rfile.readline(2_000)
            raise _HangUp
        taken = self.server.bag.keep(self.to, self.message())
        if self.way == "drops the answer":
            raise _HangUp
        if self.way == "is silent":
            self.server.bag.stopping.wait(SILENT_SECONDS)
            raise _HangUp
        taken.is_answered = True
        self.last = taken
        self.say("250 taken")

    def message(self) -> bytes:
        """The lines up to the one with a full stop."""
        lines: list[bytes] = []
        while (line := self.rfile.readline(100_000)) not in {b".\r\n", b""}:
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if not line:
            raise _HangUp
        return b"".join(lines)

    def say(self, text: str) -> None:
        """One line of answer."""
        self.wfile.write(f"{text}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """The server, on a port of this machine that is free."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, bag: Mailbag) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.bag = bag
        threading.Thread(target=self.serve_forever, name="mail", daemon=True).start()

    @property
    def url(self) -> str:
        """Its address as a setting."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def stop(self) -> None:
        """Take no more mail."""
        self.bag.stopping.set()
        self.shutdown()
        self.server_close()
