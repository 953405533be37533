"""Server-sent events to open pages: one LISTEN connection per process, one queue per client."""

import asyncio
import contextlib
import logging
from http.cookies import SimpleCookie
from importlib import import_module
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID

import msgspec
import psycopg
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import DatabaseError, close_old_connections

from townhall.kernel.identity import rules
from townhall.kernel.identity.models import Person
from townhall.kernel.live.actions import CHANNEL
from townhall.kernel.live.rules import Message, Viewer, may_hear, wants
from townhall.kernel.modules import databases
from townhall.kernel.modules.asgi import Receive, Scope, Send

log = logging.getLogger("townhall.live")
Queue = asyncio.Queue[bytes]
"""What a stream still has to send; empty bytes end it."""
HEARTBEAT_SECONDS = 15.0
BEAT = b"event: beat\ndata: {}\n\n"
FULL = 200
MOST_STREAMS = 5_000


class Hub:
    """The open streams of this process and the one connection that feeds them."""

    def __init__(self) -> None:
        self.queues: dict[Queue, tuple[Viewer, frozenset[str]]] = {}
        self.listener: asyncio.Task[None] | None = None
        self.heart: asyncio.Task[None] | None = None
        self.is_listening = asyncio.Event()

    def spread(self, messages: list[Message]) -> None:
        """Put each message into the queue of every stream that may hear it and wants it; it is written once for all.

        A full queue loses its stream's place.
        """
        for message in messages:
            body = written(message)
            for queue, (viewer, topics) in self.queues.items():
                if wants(topics, message) and may_hear(viewer, message) and not queue.full():
                    queue.put_nowait(body)

    async def beat(self) -> None:
        """Let every quiet stream say that it is there, for ever."""
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            for queue in self.queues:
                if queue.empty():
                    queue.put_nowait(BEAT)

    async def listen(self) -> None:
        """Receive notifications for ever; a lost connection is made again after a second."""
        while True:
            with contextlib.suppress(psycopg.Error):
                async with await psycopg.AsyncConnection.connect(**databases.direct(), autocommit=True) as listener:
                    await listener.execute(f"listen {CHANNEL}")
                    self.is_listening.set()
                    async for notice in listener.notifies():
                        self.spread(msgspec.json.decode(notice.payload, type=list[Message]))
            await asyncio.sleep(1)

    def ensure_listening(self) -> None:
        """Start the listener, and the heart, with the first stream of this process."""
        if self.listener is None or self.listener.done():
            self.listener = asyncio.create_task(self.listen())
        if self.heart is None or self.heart.done():
            self.heart = asyncio.create_task(self.beat())


hub = Hub()


def written(message: Message) -> bytes:
    """A message as a stream sends it."""
    told = {"id": message.id, "kind": message.kind, "case": message.case, "number": message.number}
    return b"id: " + message.id.encode() + b"\nevent: message\ndata: " + msgspec.json.encode(told) + b"\n\n"


async def stream(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer GET /live/stream?topics=queue,public,case:<id> with server-sent events until the client goes."""
    if scope["method"] != "GET" or len(hub.queues) >= MOST_STREAMS:
        await _refuse(send, 405 if scope["method"] != "GET" else 503)
        return
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("topics", ["public"])[0]
    try:
        viewer = await sync_to_async(_fresh_viewer)(_cookie(scope))
    except DatabaseError:
        await _refuse(send, 503)
        return
    hub.ensure_listening()
    queue: Queue = asyncio.Queue(maxsize=FULL)
    hub.queues[queue] = (viewer, frozenset(asked.split(",")[:20]))
    gone = asyncio.create_task(_gone(receive, queue))
    try:
        await _begin(send)
        while not gone.done() and (body := await queue.get()):
            await send({"type": "http.response.body", "body": body, "more_body": True})
    finally:
        del hub.queues[queue]
        gone.cancel()


async def _begin(send: Send) -> None:
    headers = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"retry: 2000\nevent: hello\ndata: {}\n\n", "more_body": True})


async def _gone(receive: Receive, queue: Queue) -> None:
    """Wait until the client goes, then end its queue."""
    while (await receive())["type"] != "http.disconnect":
        pass
    while queue.full():
        queue.get_nowait()
    queue.put_nowait(b"")


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"Only so many streams, and only by GET."})


def _cookie(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"cookie":
            morsel = SimpleCookie(value.decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
            return morsel.value if morsel else ""
    return ""


def _fresh_viewer(session_key: str) -> Viewer:
    close_old_connections()
    return _viewer(session_key)


def _viewer(session_key: str) -> Viewer:
    if not session_key:
        return Viewer()
    session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    key = session.get(SESSION_KEY)
    person = Person.objects.filter(pk=UUID(key), is_active=True).first() if key else None
    if person is None or not _same_password(person, session):
        return Viewer()
    return Viewer(
        person=str(person.pk),
        teams=frozenset(str(team) for team in person.team_ids),
        sees_all=rules.sees_all(person.roles),
        sees_unassigned=rules.sees_unassigned(person.roles),
    )


def _same_password(person: Person, session: Any) -> bool:
    return session.get("_auth_user_hash") == person.get_session_auth_hash()
