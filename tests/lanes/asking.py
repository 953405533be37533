"""Both lanes as a client meets them: the same request, answered by Django and by the hot path."""
import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from townhall.config.hot import Observed
from townhall.kernel.modules.asgi import Receive, Scope, Send
from townhall.residents.open311.intake.path import Intake


@dataclass(frozen=True)
class Post:
    """One request."""

    body: bytes
    path: str = "/open311/v2/requests.json"
    content_type: str = "application/x-www-form-urlencoded"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """One answer; `headers` in lower case. `by_pages` where the hot path handed the request over."""

    status: int
    headers: dict[str, str]
    body: bytes
    by_pages: bool = False


def form(fields: dict[str, Any], **more: Any) -> Post:
    """A form."""
    return Post(urlencode(fields, doseq=True).encode(), **more)


def by_pages(posts: Sequence[Post]) -> list[Reply]:
    """What Django answers, one after another."""
    return [_by_django(post) for post in posts]


def _by_django(post: Post) -> Reply:
    answer = Client().post(post.path, post.body, content_type=post.content_type, headers=post.headers)
    return Reply(answer.status_code, {name.lower(): value for name, value in answer.items()}, answer.content)


def by_hot_lane(posts: Sequence[Post], *, at_once: bool = False) -> list[Reply]:
    """What the hot path answers, one after another or all at once."""

    async def run() -> list[Reply]:
        path = Intake()
        hot = Observed(path, "intake")
        try:
            if at_once:
                return list(await asyncio.gather(*(ask(hot, post) for post in posts)))
            return [await ask(hot, post) for post in posts]
        finally:
            await path.desk.close()

    return asyncio.run(run())


async def ask(hot: Observed, post: Post) -> Reply:
    """The hot path's answer; where it hands the request over, Django's."""
    said: list[Any] = []
    handed: list[Reply] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": post.body, "more_body": False}

    async def send(message: Any) -> None:
        said.append(message)

    async def pages(_scope: Scope, again: Receive, _send: Send) -> None:
        assert (await again())["body"] == post.body
        reply = await asyncio.to_thread(_by_django, post)
        handed.append(Reply(reply.status, reply.headers, reply.body, by_pages=True))

    assert hot.wants(scope_of(post))
    await hot.answer(scope_of(post), receive, send, pages)
    if handed:
        return handed[0]
    headers = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    return Reply(said[0]["status"], headers, said[1]["body"])


def scope_of(post: Post) -> Scope:
    """The request as an ASGI server has it."""
    path, _, query = post.path.partition("?")
    given = {"host": "testserver", "content-type": post.content_type, "content-length": str(len(post.body))}
    headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in (given | post.headers).items()]
    return {
        "type": "http", "method": "POST", "scheme": "http", "path": path, "query_string": query.encode(),
        "headers": headers, "client": ("127.0.0.1", 1),
    }  # fmt: skip
