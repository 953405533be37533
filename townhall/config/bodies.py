"""What is sent to us is read whole before a thread is given to it: no large and no slow body holds one."""

import asyncio
import tempfile
import time
from collections.abc import MutableMapping
from typing import Any

from townhall.kernel.modules.asgi import App, Receive, Scope, Send

MOST_BYTES = 64_000_000
KEPT_IN_MEMORY = 512_000
GRACE_SECONDS = 20.0
SLOWEST_BYTES_A_SECOND = 8_000
PIECE = 65_536
SAYS = {
    400: b"The length of what you sent cannot be read.\nNi ellir darllen hyd yr hyn a anfonwyd gennych.\n",
    408: b"That came too slowly. Send it again.\nDaeth hynny yn rhy araf. Anfonwch ef eto.\n",
    413: b"That is larger than 64 MB. Send it in parts.\nMae hynny yn fwy na 64 MB. Anfonwch ef mewn rhannau.\n",
}


class Refused(Exception):
    """A body that is not read to its end; `status` says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Gone(Exception):
    """Whoever sent it has left."""


class Bodies:
    """An ASGI application that hands another one whole bodies only.

    A body that says it is larger than MOST_BYTES is refused before any of it is read. One that does not say is refused
    when it gets there. It may take GRACE_SECONDS, and after that must come at SLOWEST_BYTES_A_SECOND.
    """

    def __init__(self, app: App, *, most: int = MOST_BYTES, grace_seconds: float = GRACE_SECONDS) -> None:
        self.app, self.most, self.grace_seconds = app, most, grace_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            with tempfile.SpooledTemporaryFile(KEPT_IN_MEMORY) as kept:
                length = await self._read(scope, receive, kept)
                await self.app(_with_length(scope, length), _again(kept, length, receive), send)
        except Refused as refused:
            await _refuse(send, refused.status)
        except Gone:
            return

    async def _read(self, scope: Scope, receive: Receive, kept: Any) -> int:
        if _declared(scope) > self.most:
            raise Refused(413)
        began, length, is_more = time.monotonic(), 0, True
        while is_more:
            left = began + self.grace_seconds + length / SLOWEST_BYTES_A_SECOND - time.monotonic()
            try:
                message = await asyncio.wait_for(_heard(receive), max(0.001, left))
            except TimeoutError as late:
                raise Refused(408) from late
            if message["type"] == "http.disconnect":
                raise Gone
            piece, is_more = message.get("body", b""), message.get("more_body", False)
            length += len(piece)
            if length > self.most:
                raise Refused(413)
            kept.write(piece)
        kept.seek(0)
        return length


def _declared(scope: Scope) -> int:
    """The length that the headers name; 0 for none. Raises Refused where they do not agree, or name none."""
    said = {value for name, value in scope["headers"] if name.lower() == b"content-length"}
    if len(said) > 1 or not all(value.isdigit() and len(value) < 16 for value in said):
        raise Refused(400)
    return int(said.pop()) if said else 0


async def _heard(receive: Receive) -> MutableMapping[str, Any]:
    """The next message, as a coroutine: granian's is another awaitable."""
    return await receive()


def _with_length(scope: Scope, length: int) -> Scope:
    """The scope with the length that the body has, whatever was said of it."""
    headers = [(name, value) for name, value in scope["headers"] if name.lower() != b"content-length"]
    if length or scope["method"] not in {"GET", "HEAD", "OPTIONS"}:
        headers.append((b"content-length", str(length).encode()))
    return {**scope, "headers": headers}


def _again(kept: Any, length: int, receive: Receive) -> Receive:
    """The kept body in pieces, and after it whatever the server says."""
    said = 0
    is_done = False

    async def hear() -> MutableMapping[str, Any]:
        nonlocal said, is_done
        if is_done:
            return await receive()
        piece = kept.read(PIECE)
        said += len(piece)
        is_done = said >= length
        return {"type": "http.request", "body": piece, "more_body": not is_done}

    return hear


async def _refuse(send: Send, status: int) -> None:
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close"), (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"), (b"content-length", str(len(SAYS[status])).encode()),
    ]  # fmt: skip
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": SAYS[status]})
