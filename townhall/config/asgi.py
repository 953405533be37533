"""One port: live streams are answered here, everything else by the WSGI application on a bounded pool of threads."""
import os

from a2wsgi import WSGIMiddleware

from townhall.config.wsgi import application as pages
from townhall.kernel.live.stream import Receive, Scope, Send, stream

THREADS = int(os.environ.get("TOWNHALL_THREADS", "8"))
_pages = WSGIMiddleware(pages, workers=THREADS)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request."""
    if scope["type"] != "http":
        return
    if scope["path"] == "/live/stream":
        await stream(scope, receive, send)
    else:
        await _pages(scope, receive, send)  # pyright: ignore[reportArgumentType]
