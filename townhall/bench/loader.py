"""Sends requests over kept-open connections and times each answer: a process of its own, run by `loading`.

A plan comes in as JSON on stdin, what happened goes out as JSON on stdout.
"""

import asyncio
import json
import sys
import time
from collections.abc import Iterator
from typing import Any

SECONDS_TO_WAIT = 30


class Client:
    """One connection, opened again where the server closed it."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def ask(self, request: bytes) -> tuple[int, int]:
        """Send a request and read its answer; the status and the bytes of the body."""
        if self.reader is None or self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(self.host, self.port)
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        status, headers = int(head[9:12]), _headers(head)
        size = await self._body(self.reader, headers)
        if headers.get(b"connection", b"").lower() == b"close":
            self.close()
        return status, size

    async def _body(self, reader: asyncio.StreamReader, headers: dict[bytes, bytes]) -> int:
        if headers.get(b"transfer-encoding", b"").lower() != b"chunked":
            return len(await reader.readexactly(int(headers.get(b"content-length", b"0"))))
        size = 0
        while chunk := int((await reader.readline()).split(b";")[0], 16):
            await reader.readexactly(chunk + 2)
            size += chunk
        await reader.readline()
        return size

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


def _headers(head: bytes) -> dict[bytes, bytes]:
    lines = [line.partition(b":") for line in head.split(b"\r\n")[1:] if line]
    return {name.strip().lower(): value.strip() for name, _colon, value in lines}


class Run:
    """What is sent, and what came of it."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan = plan
        self.times: list[float] = []
        self.statuses: dict[str, int] = {}
        self.most_bytes = 0
        self.requests = self._requests([_request(plan, each) for each in plan["requests"]])

    def _requests(self, known: list[bytes]) -> Iterator[bytes]:
        for number in range(self.plan["total"]):
            yield known[number % len(known)]

    async def client(self) -> None:
        """One client: the next request as soon as the last is answered."""
        client = Client(self.plan["host"], self.plan["port"])
        for request in self.requests:
            began = time.perf_counter()
            try:
                status, size = await asyncio.wait_for(client.ask(request), SECONDS_TO_WAIT)
            except (OSError, asyncio.IncompleteReadError, TimeoutError):
                client.close()
                status, size = 0, 0
            self.times.append((time.perf_counter() - began) * 1000)
            self.statuses[str(status)] = self.statuses.get(str(status), 0) + 1
            self.most_bytes = max(self.most_bytes, size)
        client.close()

    async def all(self) -> float:
        """Every client at once; the seconds it took."""
        began = time.perf_counter()
        await asyncio.gather(*(self.client() for _ in range(self.plan["clients"])))
        return time.perf_counter() - began


def _request(plan: dict[str, Any], asked: dict[str, Any]) -> bytes:
    body = asked.get("body", "").encode()
    headers = {"Host": f"localhost:{plan['port']}"} | plan.get("headers", {}) | asked.get("headers", {})
    if body:
        headers["Content-Length"] = str(len(body))
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"{asked.get('method', 'GET')} {asked['path']} HTTP/1.1\r\n{lines}\r\n".encode() + body


def main() -> None:
    """Run the plan."""
    run = Run(json.load(sys.stdin))
    cpu = time.process_time()
    seconds = asyncio.run(run.all())
    told = {
        "seconds": seconds, "times_ms": run.times, "statuses": run.statuses, "most_bytes": run.most_bytes,
        "loader_cpu": time.process_time() - cpu,
    }  # fmt: skip
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
