"""One port, or one for each lane: hot paths and live streams are answered here, everything else by the WSGI application
on a bounded pool of threads.
"""

import gc
import os

from a2wsgi import WSGIMiddleware

from townhall.config.wsgi import application as pages  # isort: skip - Django is set up before what needs it
from townhall.config.bodies import Bodies
from townhall.config.hot import Observed
from townhall.kernel.live.stream import stream
from townhall.kernel.modules.asgi import HotPath, Receive, Scope, Send
from townhall.launch import environment
from townhall.residents.open311.intake.path import Intake

THREADS = int(os.environ.get("TOWNHALL_THREADS", "8"))
LANE = environment.choice("TOWNHALL_LANE")
HOT: list[HotPath] = [] if LANE == "pages" else [Observed(Intake(), "open311/v2/requests")]
"""What is answered without Django's request cycle. In the lane of pages it is answered by Django, more slowly."""
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 20)
"""What is loaded by now stays, so it is not looked through again each time that something can be forgotten."""
_pages = Bodies(WSGIMiddleware(pages, workers=THREADS))  # pyright: ignore[reportArgumentType]


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request."""
    if scope["type"] != "http":
        return
    for path in HOT:
        if path.wants(scope):
            await path.answer(scope, receive, send, _pages)
            return
    if scope["path"] == "/live/stream":
        await stream(scope, receive, send)
    else:
        await _pages(scope, receive, send)
