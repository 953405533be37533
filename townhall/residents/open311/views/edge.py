"""What every Open311 call shares: format, key and limits, jurisdiction, errors as the standard has them, CORS."""
import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.core.files import File
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt

from townhall.kernel.authority import selectors as authority
from townhall.kernel.modules.readable import must_be_readable, refuses_itself
from townhall.residents.open311.actions.keys import admit
from townhall.residents.open311.models import ApiKey, Scope
from townhall.residents.open311.rules import (
    Answer,
    Fault,
    Refused,
    caller_address,
    digest_of_said,
    errors,
    headers_of,
    must_be_ours,
    read_json,
    refuse,
    write,
)
from townhall.residents.open311.rules.wire import CONTENT_TYPES, Format

log = logging.getLogger("townhall.open311")
UNREADABLE = (SuspiciousOperation, UnreadablePostError, MultiPartParserError, BadRequest, UnicodeError)
NO_DATABASE = (OperationalError, InterfaceError)
AWAY = Fault(503, "our records cannot be reached; send the same again, with the same Idempotency-Key")
AWAY_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Call:
    """One call, read. `given` has its parameters: of the query for a GET, of the body for a POST."""

    request: HttpRequest
    form: Format
    key: ApiKey | None
    given: Mapping[str, list[str]]
    files: list[File]
    at: datetime

    def last(self) -> dict[str, str]:
        """Each parameter's last value."""
        return {name: values[-1] for name, values in self.given.items() if values}

    @property
    def body(self) -> str:
        """A hash of everything sent but the key, the same however it was encoded."""
        return digest_of_said(self.given, [_hash(file) for file in self.files])


def _hash(file: File) -> bytes:
    file.seek(0)
    digest = hashlib.sha256(file.read()).digest()
    file.seek(0)
    return digest


@dataclass(frozen=True, slots=True)
class Said:
    """What a view answers. `more` tells that there is another page."""

    answer: Answer
    status: int = 200
    more: bool = False


View = Callable[..., Said]


def endpoint(
    *, get: View | None = None, post: View | None = None, scope: str = Scope.WRITE
) -> Callable[..., HttpResponse]:
    """A Django view of one address: GET for whoever may read, POST for keys with `scope`. Cookies count for nothing."""
    methods = {"GET": get, "HEAD": get, "POST": post}
    allowed = [name for name, view in methods.items() if view]

    def reply(request: HttpRequest, written: Format, named: dict[str, str]) -> HttpResponse:
        if request.method == "OPTIONS":
            return HttpResponse(status=204)
        view = methods.get(request.method or "")
        must_be_readable(request)
        if view is None:
            raise refuse(405, "this address does not take that method")
        said = view(_call(request, written, scope if request.method == "POST" else Scope.READ), **named)
        response = _written(said.answer, written, said.status)
        if said.more:
            response["Link"] = _next(request)
        return response

    @refuses_itself
    @csrf_exempt
    def answer(request: HttpRequest, form: str | None = None, **named: str) -> HttpResponse:
        written = _format(request, form)
        try:
            response = reply(request, written, named)
        except Refused as refused:
            response = _refusal(refused, written)
        except NO_DATABASE:
            log.warning("the database is away; asked the caller to send it again")
            response = _refusal(Refused(AWAY, retry_seconds=AWAY_SECONDS), written)
        except UNREADABLE as problem:
            status = 413 if isinstance(problem, RequestDataTooBig) else 400
            response = _refusal(refuse(status, "the body cannot be read"), written)
        return _finish(response, allowed)

    return answer


def not_here(request: HttpRequest) -> HttpResponse:
    """404 as the standard says it, for addresses below ours that are none."""
    return _finish(_refusal(refuse(404, "there is nothing at this address"), _accepted(request)), ["GET"])


def _format(request: HttpRequest, form: str | None) -> Format:
    """By the ending of the path, else by Accept, else JSON."""
    return cast("Format", form) if form in CONTENT_TYPES else _accepted(request)


def _accepted(request: HttpRequest) -> Format:
    chosen = request.get_preferred_type(["application/json", "text/xml", "application/xml"]) or ""
    return "xml" if chosen.endswith("xml") else "json"


def _call(request: HttpRequest, form: Format, scope: str) -> Call:
    at = datetime.now(UTC)
    given = _given(request)
    secret = request.headers.get("X-Api-Key") or request.GET.get("api_key") or (given.get("api_key") or [""])[-1]
    key = admit(secret=secret[:200], scope=scope, address=_address(request), at=at)
    ours = authority.ours()
    must_be_ours(
        (given.get("jurisdiction_id") or [request.GET.get("jurisdiction_id", "")])[-1].strip(),
        ours=(ours.open311_jurisdiction, ours.gss_code), bound_to=key.jurisdiction if key else "",
    )  # fmt: skip
    return Call(request=request, form=form, key=key, given=given, files=_files(request), at=at)


def _given(request: HttpRequest) -> dict[str, list[str]]:
    if request.method != "POST":
        return dict(request.GET.lists())
    if request.content_type == "application/json":
        return read_json(request.body)
    if request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        return dict(request.POST.lists())
    raise refuse(415, "send a form (urlencoded or multipart) or JSON")


def _files(request: HttpRequest) -> list[File]:
    if request.method != "POST" or request.content_type != "multipart/form-data":
        return []
    return [file for name in request.FILES for file in request.FILES.getlist(name) if name.startswith("media")]


def _address(request: HttpRequest) -> str:
    remote = request.META.get("REMOTE_ADDR", "")
    return caller_address(request.headers.get("X-Forwarded-For", ""), remote, proxies=settings.TOWNHALL_PROXIES)


def _written(answer: Answer, form: Format, status: int) -> HttpResponse:
    return HttpResponse(write(answer, form), status=status, content_type=CONTENT_TYPES[form])


def _refusal(refused: Refused, form: Format) -> HttpResponse:
    response = _written(errors(refused), form, refused.status)
    if refused.retry_seconds:
        response["Retry-After"] = str(refused.retry_seconds)
    return response


def _finish(response: HttpResponse, allowed: list[str]) -> HttpResponse:
    if response.status_code == 405:
        response["Allow"] = ", ".join(allowed)
    for name, value in headers_of(response.status_code).items():
        response[name] = value
    return response


def _next(request: HttpRequest) -> str:
    """The Link header to the next page (RFC 8288)."""
    asked: dict[str, Any] = {name: value for name, value in request.GET.items() if name != "api_key"}
    asked["page"] = int(asked.get("page") or 1) + 1
    return f'<{settings.TOWNHALL_URL}{request.path}?{urlencode(asked)}>; rel="next"'


__all__ = ["Call", "Fault", "Said", "endpoint", "not_here"]
