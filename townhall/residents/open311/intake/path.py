"""POST /open311/v2/requests.json and .xml as ASGI: read, wait, answer. What is unusual goes to the pages."""
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import parse_qsl

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http.request import split_domain_port, validate_host
from django.utils.translation import get_language_from_request

from townhall.kernel.modules.asgi import App, Receive, Scope, Send, again, body_of, headers_of, reply
from townhall.residents.open311 import rules
from townhall.residents.open311.intake.desk import Desk
from townhall.residents.open311.intake.items import Away, Full, HandOver, Item
from townhall.residents.open311.intake.judging import needs_pages
from townhall.residents.open311.models import digest_of
from townhall.residents.open311.rules.wire import CONTENT_TYPES, Format

PATH = re.compile(r"/open311/v2/requests\.(json|xml)/?")
LONGEST_BODY, LONGEST_QUERY = 64_000, 500
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
PLAIN = {JSON, f"{JSON}; charset=utf-8", FORM, f"{FORM}; charset=utf-8"}
"""What is read here. Anything else, as a form in parts or in another encoding, is for the pages."""
BUSY = "too many requests wait; send it again with the same Idempotency-Key or body"
GONE = "the request could not be kept just now; send it again with the same Idempotency-Key or body"


class Intake:
    """The hot path."""

    def __init__(self) -> None:
        self.desk = Desk()

    def wants(self, scope: Scope) -> bool:
        """Whether somebody sends a request."""
        return scope["method"] == "POST" and PATH.fullmatch(scope["path"]) is not None

    async def answer(self, scope: Scope, receive: Receive, send: Send, pages: App) -> None:
        """Take the request in and answer after it is committed."""
        headers = headers_of(scope)
        length = _length(headers)
        if length > LONGEST_BODY or not _is_plain(scope, headers):
            await pages(scope, receive, send)
            return
        try:
            body = await body_of(receive, length=length)
        except TimeoutError:
            await self._refuse(scope, send, rules.refuse(408, "the body did not arrive in time"))
            return
        if body is not None and (len(body) < length or _has_zero(headers, body)):
            await pages(scope, again(body, receive), send)
        elif body is not None:
            try:
                await self._take(scope, headers, body, send)
            except HandOver:
                await pages(scope, again(body, receive), send)

    async def _take(self, scope: Scope, headers: Mapping[str, str], body: bytes, send: Send) -> None:
        """Let it be written, and answer. Raises HandOver where that is not for us."""
        try:
            item = _item(scope, headers, body)
            self._must_be_simple(item)
            outcome = await self.desk.take(item)
        except rules.Refused as refused:
            await self._refuse(scope, send, refused)
        except SuspiciousOperation:
            raise HandOver from None
        except Full:
            await self._refuse(scope, send, rules.Refused(rules.Fault(503, BUSY), retry_seconds=1))
        except Away:
            await self._refuse(scope, send, rules.Refused(rules.Fault(503, GONE), retry_seconds=2))
        else:
            await self._say(scope, send, outcome.status, rules.Answer("service_requests", [outcome.facts]))

    def _must_be_simple(self, item: Item) -> None:
        """Raise HandOver at once, before anything is counted, for what only the pages can do."""
        key = self.desk.kept.keys.get(item.digest) if self.desk.kept else None
        if isinstance(item.sent, rules.Sent) and needs_pages(item.sent, key):
            raise HandOver

    async def _refuse(self, scope: Scope, send: Send, refused: rules.Refused) -> None:
        seconds = refused.retry_seconds
        await self._say(scope, send, refused.status, rules.errors(refused), retry_seconds=seconds)

    async def _say(
        self, scope: Scope, send: Send, status: int, answer: rules.Answer, *, retry_seconds: int = 0
    ) -> None:
        form = _form(scope)
        headers = _headers(status, form, retry_seconds, _language(headers_of(scope).get("accept-language", "")))
        await reply(send, status, headers, rules.write(answer, form))


def _length(headers: Mapping[str, str]) -> int:
    """How long the body is said to be; too long where nothing is said."""
    said = headers.get("content-length", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 12 else LONGEST_BODY + 1


def _form(scope: Scope) -> Format:
    found = PATH.fullmatch(scope["path"])
    return cast("Format", found[1] if found else "json")


@lru_cache(maxsize=256)
def _headers(status: int, form: Format, retry_seconds: int, language: str) -> list[tuple[bytes, bytes]]:
    headers = rules.headers_of(status, retry_seconds=retry_seconds)
    headers |= {"Content-Type": CONTENT_TYPES[form], "Content-Language": language}
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


def _is_plain(scope: Scope, headers: Mapping[str, str]) -> bool:
    """Whether it can be read here: a body as we know them, a host of ours, no cookie, one value of each header."""
    return (
        headers.get("content-type", "").lower() in PLAIN
        and not {"cookie", "content-encoding", "transfer-encoding"} & headers.keys()
        and _is_ours(headers.get("host", ""), headers.get("x-forwarded-host", ""))
        and b"%00" not in scope.get("query_string", b"")
        and len(scope.get("query_string", b"")) <= LONGEST_QUERY
    )


@lru_cache(maxsize=256)
def _is_ours(host: str, forwarded: str) -> bool:
    domain, _port = split_domain_port(host)
    hosts = settings.ALLOWED_HOSTS or [".localhost", "127.0.0.1", "[::1]"]
    return not (forwarded and settings.USE_X_FORWARDED_HOST) and bool(domain) and validate_host(domain, hosts)


def _has_zero(headers: Mapping[str, str], body: bytes) -> bool:
    return headers["content-type"].lower().startswith(FORM) and (b"%00" in body or b"\0" in body)


def _item(scope: Scope, headers: Mapping[str, str], body: bytes) -> Item:
    """The request as it was sent. Raises Refused, SuspiciousOperation where its body cannot be read."""
    is_json = headers["content-type"].lower().startswith(JSON)
    given = rules.read_json(body) if is_json else _fields(body)
    query = {name: values[-1] for name, values in _fields(scope.get("query_string") or b"").items()}
    secret = (headers.get("x-api-key") or query.get("api_key") or (given.get("api_key") or [""])[-1])[:200]
    remote = (scope.get("client") or ("",))[0]
    return Item(
        secret=secret, digest=digest_of(secret) if secret else "",
        address=rules.caller_address(
            headers.get("x-forwarded-for", ""), remote, proxies=settings.TOWNHALL_PROXIES
        ),
        jurisdiction=(given.get("jurisdiction_id") or [query.get("jurisdiction_id", "")])[-1].strip(),
        word=headers.get("idempotency-key", "").strip()[:200], body=rules.digest_of_said(given),
        language=_language(headers.get("accept-language", "")), at=datetime.now(UTC), sent=_sent(given),
    )  # fmt: skip


def _fields(form: bytes) -> dict[str, list[str]]:
    """The fields of a form, as Django's QueryDict reads them. Raises SuspiciousOperation for too many."""
    found: dict[str, list[str]] = {}
    if not form:
        return found
    try:
        text = form.decode()
    except UnicodeDecodeError:
        text = form.decode("iso-8859-1")
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)
    except ValueError as problem:
        raise SuspiciousOperation("too many fields") from problem
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def _sent(given: Mapping[str, list[str]]) -> rules.Sent | rules.Refused:
    try:
        return rules.sent(given)
    except rules.Refused as refused:
        return refused


@lru_cache(maxsize=512)
def _language(accepts: str) -> str:
    asked: Any = SimpleNamespace(COOKIES={}, META={"HTTP_ACCEPT_LANGUAGE": accepts}, path_info="")
    return get_language_from_request(asked)


intake = Intake()
