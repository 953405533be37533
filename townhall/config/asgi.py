"""One port: live streams are answered here, everything else by the WSGI application on a bounded pool of threads."""

import os
from collections.abc import MutableMapping
from typing import Any

from a2wsgi import WSGIMiddleware

from townhall.config.wsgi import application as pages
from townhall.kernel.live.stream import Receive, Scope, Send, stream

THREADS = int(os.environ.get("TOWNHALL_THREADS", "8"))
_pages = WSGIMiddleware(pages, workers=THREADS)  # pyright: ignore[reportArgumentType]


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request."""
    if scope["type"] != "http":
        return
    if scope["path"] == "/live/stream":
        await stream(scope, receive, send)
    else:
        await _pages(scope, _coroutine(receive), send)  # pyright: ignore[reportArgumentType]


def _coroutine(receive: Receive) -> Receive:
    """`receive` as a coroutine function: granian's gives another awaitable, which a2wsgi cannot hand to its loop."""

    async def hear() -> MutableMapping[str, Any]:
        return await receive()

    return hear
