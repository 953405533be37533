"""What hot paths share: a request as ASGI has it, its body within a bound, and an answer."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, MutableMapping, Sequence
from typing import Any, Protocol

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
BODY_SECONDS = 20.0
"""How long a body may take to arrive."""


class HotPath(Protocol):
    """Addresses that are answered without Django's request cycle. What it cannot do it hands to `pages`."""

    def wants(self, scope: Scope) -> bool:
        """Whether the request is for this path."""
        ...

    async def answer(self, scope: Scope, receive: Receive, send: Send, pages: App) -> None:
        """Answer it."""
        ...


def headers_of(scope: Scope) -> dict[str, str]:
    """The headers by name in lower case; of one that came twice, the values with a comma between."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        found[key] = f"{found[key]},{text}" if key in found else text
    return found


async def body_of(receive: Receive, *, length: int) -> bytes | None:
    """The body, which must be `length` bytes; None where the caller went away or was too slow."""
    parts: list[bytes] = []
    seen = 0
    async with asyncio.timeout(BODY_SECONDS):
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return None
            part = message.get("body", b"")
            seen += len(part)
            if part:
                parts.append(part)
            if not message.get("more_body") or seen >= length:
                return b"".join(parts)[:length]


def again(body: bytes, receive: Receive) -> Receive:
    """`receive` for an application that comes after us: the body that was read, then what follows."""
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def hear() -> MutableMapping[str, Any]:
        return waiting.pop() if waiting else await receive()

    return hear


async def reply(send: Send, status: int, headers: Iterable[tuple[bytes, bytes]], body: bytes) -> None:
    """Send a whole answer."""
    whole: Sequence[tuple[bytes, bytes]] = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": whole})
    await send({"type": "http.response.body", "body": body, "more_body": False})
