"""The scan port: asks a clamd whether bytes are harmful. Its INSTREAM command, over TCP or a Unix socket."""

import socket
import struct
from typing import Literal

from django.conf import settings

Verdict = Literal["not_scanned", "clean", "infected"]

CHUNK = 65_536
SECONDS = 20


class ScannerUnavailable(RuntimeError):
    """The scanner is set but gave no verdict."""


def is_set() -> bool:
    """Whether this installation has a scanner."""
    return bool(settings.TOWNHALL_SCANNER)


def scan(data: bytes) -> Verdict:
    """What the scanner says; `not_scanned` where none is set. Raises ScannerUnavailable where it cannot be asked.

    Source: clamd(8), INSTREAM: chunks, each after its length as four bytes, ended by a length of nought.
    """
    if not is_set():
        return "not_scanned"
    try:
        answer = _ask(settings.TOWNHALL_SCANNER, data)
    except (OSError, ValueError) as error:
        raise ScannerUnavailable(type(error).__name__) from error
    if answer.endswith("FOUND"):
        return "infected"
    if answer == "stream: OK":
        return "clean"
    raise ScannerUnavailable("the scanner did not understand")


def _ask(address: str, data: bytes) -> str:
    with _connect(address) as connection:
        connection.sendall(b"zINSTREAM\0")
        for at in range(0, len(data), CHUNK):
            part = data[at : at + CHUNK]
            connection.sendall(struct.pack("!L", len(part)) + part)
        connection.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0") and (more := connection.recv(4096)):
            answer += more
    return answer.rstrip(b"\0").decode("ascii", "replace")


def _connect(address: str) -> socket.socket:
    """A connection to `host:port`, or to the Unix socket at a path."""
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(SECONDS)
        connection.connect(address)
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=SECONDS)
