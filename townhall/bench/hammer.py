"""Sends prepared requests over many kept-open connections with as little work as can be: a process of its own.

Where `loader` times each answer and reads whatever comes, this only counts statuses: at some thousand answers a second
a loader's own work would else be measured. The plan comes in as JSON on stdin (`port`, `clients`, `file`: requests,
each after its length in four bytes), what happened goes out as JSON.
"""

import json
import selectors
import socket
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

SECONDS_TO_WAIT = 30
LENGTH = b"content-length:"


def requests(file: Path) -> Iterator[bytes]:
    """The requests of the file, one after another."""
    whole, at = file.read_bytes(), 0
    while at < len(whole):
        size = int.from_bytes(whole[at : at + 4], "big")
        yield whole[at + 4 : at + 4 + size]
        at += 4 + size


def is_whole(answer: bytes) -> bool:
    """Whether an answer has come to its end."""
    end = answer.find(b"\r\n\r\n")
    if end < 0:
        return False
    at = answer[:end].lower().find(LENGTH)
    size = int(answer[at + len(LENGTH) : end].split(b"\r", 1)[0])
    return len(answer) >= end + 4 + size


def hammer(port: int, clients: int, waiting: Iterator[bytes]) -> Counter[str]:
    """Each client sends the next request as soon as its last is answered; how often each status came."""
    seen: Counter[str] = Counter()
    chooser = selectors.DefaultSelector()
    begun: dict[socket.socket, bytes] = {}
    for _ in range(clients):
        if request := next(waiting, b""):
            one = socket.create_connection(("127.0.0.1", port))
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            one.sendall(request)
            chooser.register(one, selectors.EVENT_READ)
            begun[one] = b""
    while begun:
        ready = chooser.select(SECONDS_TO_WAIT)
        if not ready:
            seen["0"] += len(begun)
            break
        for key, _event in ready:
            one: socket.socket = key.fileobj  # pyright: ignore[reportAssignmentType]
            part = one.recv(65536)
            answer = begun[one] + part
            if part and not is_whole(answer):
                begun[one] = answer
                continue
            seen[answer[9:12].decode() or "0"] += 1
            request = next(waiting, b"") if part else b""
            if request:
                begun[one] = b""
                one.sendall(request)
            else:
                chooser.unregister(one)
                del begun[one]
                one.close()
    return seen


def main() -> None:
    """Run the plan."""
    plan = json.load(sys.stdin)
    waiting = requests(Path(plan["file"]))
    cpu, began = time.process_time(), time.perf_counter()
    statuses = hammer(plan["port"], plan["clients"], waiting)
    told = {
        "seconds": time.perf_counter() - began, "statuses": statuses, "loader_cpu": time.process_time() - cpu,
    }  # fmt: skip
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
