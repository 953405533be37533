"""A small clamd for tests: speaks INSTREAM as clamd(8) describes, and knows one virus."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from townhall.kernel.documents.tests.factories import EICAR


class _Session(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        """Read one stream and answer."""
        with self.request.makefile("rb") as incoming:
            command = incoming.read(10)
            if command != b"zINSTREAM\0":
                self.request.sendall(b"UNKNOWN COMMAND\0")
                return
            data = b""
            while length := struct.unpack("!L", incoming.read(4))[0]:
                data += incoming.read(length)
        self.request.sendall(b"stream: Eicar-Test-Signature FOUND\0" if EICAR in data else b"stream: OK\0")


@contextmanager
def running() -> Iterator[str]:
    """A scanner on a port of this machine; its address as TOWNHALL_SCANNER wants it."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Session) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@contextmanager
def running_on_socket(path: str) -> Iterator[str]:
    """The same on a Unix socket."""
    with socketserver.ThreadingUnixStreamServer(path, _Session) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield path
        server.shutdown()
        thread.join()
