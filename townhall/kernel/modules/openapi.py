"""What the modules' APIs share: where each adds its router, pages of lists, and problems in words (RFC 9457)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from ninja import NinjaAPI, Router, Schema
from ninja.errors import HttpError, Throttled, ValidationError
from pydantic import AfterValidator, Field

from townhall.kernel.modules.registries import Registry

routers: Registry[Router] = Registry("APIs")
"""A module's operations, under the word that their addresses begin with below /api/."""


@dataclass(frozen=True, slots=True)
class Description:
    """A whole OpenAPI document, and the address at which programs find it."""

    address: str
    make: Callable[[], Mapping[str, Any]]


descriptions: Registry[Description] = Registry("API descriptions")
"""Every document, for the page that shows them to people."""
MEDIA_TYPE = "application/problem+json"
PAGE_SIZE, MOST_ON_A_PAGE, LAST_PAGE = 50, 100, 2_000


class Fault(Schema):
    """One thing that is wrong: where it stands in what was sent, and why it cannot be taken."""

    where: str
    says: str


class Problem(Schema):
    """Why a call was not answered as asked (RFC 9457). `errors` has every fault of what was sent."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[Fault] = []


class Refused(Exception):
    """A call that cannot be done as asked; `detail` is for whoever wrote the program that called. What is wrong with
    what was sent stands in `errors`, which may say more than where and why.
    """

    def __init__(self, status: int, detail: str, errors: Sequence[Fault] = ()) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors = status, detail, errors


def without_zero_bytes(text: str) -> str:
    """The text itself. Raises ValueError for a zero byte, which PostgreSQL cannot keep."""
    if "\0" in text:
        raise ValueError("a zero byte cannot be kept")
    return text


Text = Annotated[str, Field(max_length=200), AfterValidator(without_zero_bytes)]
"""A short text of a query or a path."""
Words = Annotated[
    str, Field(min_length=1, max_length=4000, pattern=r"\S"), AfterValidator(without_zero_bytes)
]
"""What somebody wrote, not only spaces."""
PageNumber = Annotated[int, Field(ge=1, le=LAST_PAGE)]
PageSize = Annotated[int, Field(ge=1, le=MOST_ON_A_PAGE)]


def problem(status: int, detail: str, errors: Sequence[Fault] = ()) -> JsonResponse:
    """The answer that says why not."""
    title = HTTPStatus(status).phrase if status in set(HTTPStatus) else "Problem"
    said = Problem(title=title, status=status, detail=detail).dict() | {"errors": [each.dict() for each in errors]}
    response = JsonResponse(said, status=status, content_type=MEDIA_TYPE)
    response["Cache-Control"] = "no-store"
    return response


def page_link(request: HttpRequest, response: HttpResponse, **where: Any) -> None:
    """Add the Link header to the next page of a list (RFC 8288): the same address with `page`, or `after`, changed."""
    query = urlencode([*((name, value) for name, value in request.GET.items() if name not in where), *where.items()])
    response["Link"] = f'<{settings.TOWNHALL_URL}{request.path}?{query}>; rel="next"'


class Api(NinjaAPI):
    """All routers as one API: every error is a problem in words, and every operation says which it may answer."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(docs_url=None, **kwargs)
        for kind, handler in HANDLERS.items():
            self.add_exception_handler(kind, handler)

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        """The description, with the problems that any operation of its kind may answer."""
        described = super().get_openapi_schema(**kwargs)
        described["components"].setdefault("schemas", {})["Problem"] = PROBLEM
        for path, methods in described["paths"].items():
            for operation in methods.values():
                _add_problems(path, operation)
        return described

    def get_openapi_operation_id(self, operation: Any) -> str:
        """The operation's own name, as its address has it."""
        return operation.url_name

    def create_response(self, request: HttpRequest, data: Any, **kwargs: Any) -> HttpResponse:
        """The answer. What needs no key may be read by other sites' pages: cookies count for nothing here."""
        response = super().create_response(request, data, **kwargs)
        if request.method == "GET" and not getattr(request, "auth", None):
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Expose-Headers"] = "Link, Retry-After"
        else:
            response["Cache-Control"] = "no-store"
        return response


PROBLEM: dict[str, Any] = {
    "title": "Problem", "type": "object", "required": ["type", "title", "status", "detail", "errors"],
    "description": "Why a call was not answered as asked (RFC 9457).",
    "properties": {
        "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object", "required": ["where", "says"],
                "properties": {"where": {"type": "string"}, "says": {"type": "string"}},
            },
        },
    },
}  # fmt: skip


def _add_problems(path: str, operation: dict[str, Any]) -> None:
    codes = {400: "It cannot be read", 429: "Asked too often: try again after Retry-After seconds"}
    if operation.get("parameters") or "requestBody" in operation:
        codes[422] = "Something in it cannot be taken; errors says what"
    if "{" in path:
        codes[404] = "There is no such thing"
    if operation.get("security"):
        codes |= {401: "A key is needed: Authorization: Bearer KEY", 403: "The key, or its person, may not do this"}
    if "requestBody" in operation:
        codes[413] = "It is too large"
    for status in [status for status in operation["responses"] if int(status) >= 400]:
        codes[int(status)] = operation["responses"].pop(status)["description"]
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status, description in sorted(codes.items()):
        operation["responses"][status] = {"description": description, "content": content}


def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = [
        Fault(where=".".join(str(part) for part in each["loc"]), says=str(each["msg"])) for each in error.errors[:20]
    ]
    return problem(422, "; ".join(f"{fault.where}: {fault.says}" for fault in faults[:3]), faults)


def _throttled(_request: HttpRequest, error: Throttled) -> HttpResponse:
    seconds = int(error.wait or 60)
    response = problem(429, f"That was too often. Try again in {seconds} seconds.")
    response["Retry-After"] = str(seconds)
    return response


def _spoken(_request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code != 401:
        return problem(error.status_code, str(error))
    response = problem(401, "Send a key of yours that is in use: Authorization: Bearer KEY")
    response["WWW-Authenticate"] = "Bearer"
    return response


HANDLERS: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    Refused: lambda _request, error: problem(error.status, error.detail, error.errors),
    ValidationError: _invalid,
    Throttled: _throttled,
    HttpError: _spoken,
    Http404: lambda _request, _error: problem(404, "There is no such thing, or not for you."),
    PermissionDenied: lambda _request, _error: problem(403, "You may not do this."),
    RequestDataTooBig: lambda _request, _error: problem(413, "That is too large."),
    SuspiciousOperation: lambda _request, _error: problem(400, "That cannot be read."),
    UnreadablePostError: lambda _request, _error: problem(400, "That ended before its end."),
}
