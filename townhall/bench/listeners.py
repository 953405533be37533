"""Holds many live streams open and notes when each heard of what: a process of its own, run by `figures/live.py`.

Says `ready` when all are open; after a line on stdin, what was heard as JSON: event to the monotonic times.
"""

import asyncio
import json
import sys
import time

REQUEST = "GET /live/stream?topics=public HTTP/1.1\r\nHost: localhost:{port}\r\nAccept: text/event-stream\r\n\r\n"
AT_ONCE = 50


class Listener(asyncio.Protocol):
    """One open page."""

    def __init__(self, heard: dict[str, list[float]], opened: asyncio.Event) -> None:
        self.heard, self.opened = heard, opened
        self.rest = b""

    def data_received(self, data: bytes) -> None:
        """Note the moment for every event that is complete."""
        now = time.monotonic()
        *lines, self.rest = (self.rest + data).split(b"\n")
        for line in lines:
            if line.startswith(b"id: "):
                self.heard.setdefault(line[4:].strip().decode(), []).append(now)
            elif line.startswith(b"event: hello"):
                self.opened.set()


async def listen(port: int, streams: int) -> dict[str, list[float]]:
    """Open the streams, say so, and listen until a line comes in."""
    heard: dict[str, list[float]] = {}
    loop, gate = asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE)

    async def one() -> asyncio.Transport:
        opened = asyncio.Event()
        async with gate:
            transport, _protocol = await loop.create_connection(lambda: Listener(heard, opened), "127.0.0.1", port)
            transport.write(REQUEST.format(port=port).encode())
            await asyncio.wait_for(opened.wait(), 60)
        return transport

    open_now = await asyncio.gather(*(one() for _ in range(streams)))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await loop.run_in_executor(None, sys.stdin.readline)
    for transport in open_now:
        transport.abort()
    return heard


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(listen(int(sys.argv[1]), int(sys.argv[2])))))
