"""A stand-in for GOV.UK Notify on this machine: checks requests and answers as its published descriptions say.

It keeps what it took, can be told how a message fares, and can be told to fail: with any error of the descriptions,
or by taking a message and hanging up before it answers.
"""

import base64
import json
import re
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from notifications_python_client.authentication import decode_jwt_token, get_token_issuer
from notifications_python_client.errors import TokenError

SERVICE = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"townhall_test-{SERVICE}-{SECRET}"
EMAIL_TEMPLATE = "9d751e0e-f929-4891-82a1-a3e1c3c18ee3"
SMS_TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"
TEMPLATES = f"email={EMAIL_TEMPLATE},sms={SMS_TEMPLATE},post=precompiled"
PLACEHOLDERS = {EMAIL_TEMPLATE: {"subject", "body"}, SMS_TEMPLATE: {"body"}}
REQUIRED = {
    "email": {"email_address", "template_id"},
    "sms": {"phone_number", "template_id"},
    "letter": {"reference", "content"},
}
ALLOWED = {
    "email": REQUIRED["email"]
    | {"personalisation", "reference", "email_reply_to_id", "one_click_unsubscribe_url", "sanitise_content_for"},
    "sms": REQUIRED["sms"] | {"personalisation", "reference", "sms_sender_id"},
    "letter": REQUIRED["letter"] | {"postage"},
}


@dataclass
class Message:
    """What the stand-in took."""

    id: str
    kind: str
    reference: str
    request: dict[str, Any]
    status: str = "created"


@dataclass
class StandIn:
    """The running stand-in. `errors` are given out one a request before anything else.

    `hangs_up` takes and says nothing.
    """

    url: str = ""
    taken: list[Message] = field(default_factory=list)
    errors: list[tuple[int, str, str]] = field(default_factory=list)
    hangs_up: int = 0
    asked: list[str] = field(default_factory=list)

    def of(self, kind: str) -> list[Message]:
        """What was taken of one kind: email, sms or letter."""
        return [message for message in self.taken if message.kind == kind]

    def fail(self, status_code: int, error: str, message: str = "for the test", times: int = 1) -> None:
        """Answer the next requests to send with this error."""
        self.errors += [(status_code, error, message)] * times


class Refusal(Exception):
    """An error to answer with."""

    def __init__(self, status_code: int, error: str, message: str) -> None:
        super().__init__(message)
        self.status_code, self.error, self.message = status_code, error, message


class _Handler(BaseHTTPRequestHandler):
    stand_in: StandIn
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Take a message."""
        self._answer(self._take)

    def do_GET(self) -> None:
        """Tell about messages."""
        self._answer(self._tell)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""

    def _answer(self, work: Any) -> None:
        try:
            length = int(self.headers.get("Content-Length") or 0)
            data = self.rfile.read(length)
            self._check_token()
            status, answer = work(data)
        except Refusal as refusal:
            status = refusal.status_code
            answer = {"status_code": status, "errors": [{"error": refusal.error, "message": refusal.message}]}
        except ConnectionAbortedError:
            self.close_connection = True
            return
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _check_token(self) -> None:
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        try:
            if scheme != "Bearer" or get_token_issuer(token) != SERVICE:
                raise TokenError
            decode_jwt_token(token, SECRET)
        except TokenError as error:
            raise Refusal(403, "AuthError", "Invalid token: API key not found") from error

    def _take(self, data: bytes) -> tuple[int, dict[str, Any]]:
        if self.stand_in.errors:
            raise Refusal(*self.stand_in.errors.pop(0))
        kind = self.path.rpartition("/")[2]
        request = json.loads(data)
        must_be_valid(kind, request)
        message = Message(str(uuid.uuid4()), kind, request.get("reference", ""), request)
        self.stand_in.taken.append(message)
        if self.stand_in.hangs_up:
            self.stand_in.hangs_up -= 1
            raise ConnectionAbortedError
        answer: dict[str, Any] = {"id": message.id, "reference": message.reference}
        if kind == "letter":
            return 201, answer | {"postage": request.get("postage", "second")}
        uri = f"{self.stand_in.url}/v2/notifications/{message.id}"
        template = {"id": request["template_id"], "version": 1, "uri": ""}
        return 201, answer | {
            "content": request["personalisation"],
            "uri": uri,
            "template": template,
            "scheduled_for": None,
        }

    def _tell(self, _: bytes) -> tuple[int, dict[str, Any]]:
        parts = urlsplit(self.path)
        self.stand_in.asked.append(self.path)
        if parts.path == "/v2/notifications":
            reference = parse_qs(parts.query).get("reference", [""])[0]
            found = [_described(message) for message in self.stand_in.taken if message.reference == reference]
            return 200, {"notifications": found, "links": {"current": self.path}}
        key = parts.path.rpartition("/")[2]
        for message in self.stand_in.taken:
            if message.id == key:
                return 200, _described(message)
        raise Refusal(404, "NoResultFound", "No result found")


def _described(message: Message) -> dict[str, Any]:
    return {"id": message.id, "reference": message.reference, "type": message.kind, "status": message.status}


def must_be_valid(kind: str, request: dict[str, Any]) -> None:
    """Raise the error that Notify answers a wrong request with."""
    if kind not in REQUIRED:
        raise Refusal(404, "NoResultFound", "No result found")
    if missing := REQUIRED[kind] - set(request):
        raise Refusal(400, "ValidationError", f"{missing.pop()} is a required property")
    if unknown := set(request) - ALLOWED[kind]:
        raise Refusal(400, "ValidationError", f"Additional properties are not allowed ({unknown.pop()} was unexpected)")
    if len(request.get("reference", "")) > 1000:
        raise Refusal(400, "ValidationError", "reference is too long")
    if kind == "letter":
        if not base64.b64decode(request["content"]).startswith(b"%PDF"):
            raise Refusal(400, "ValidationError", "content is not a PDF")
        return
    _must_have_a_template(request)
    if kind == "email" and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", request["email_address"]):
        raise Refusal(400, "ValidationError", "email_address Not a valid email address")
    if kind == "sms":
        _must_be_a_mobile(request["phone_number"])


def _must_have_a_template(request: dict[str, Any]) -> None:
    wanted = PLACEHOLDERS.get(request["template_id"])
    if wanted is None:
        raise Refusal(400, "BadRequestError", "Template not found")
    if not isinstance(request.get("personalisation", {}), dict):
        raise Refusal(400, "ValidationError", "personalisation is not of type object")
    if missing := wanted - set(request.get("personalisation", {})):
        raise Refusal(400, "BadRequestError", f"Missing personalisation: {missing.pop()}")


def _must_be_a_mobile(number: str) -> None:
    digits = re.sub(r"[\s()+-]", "", number)
    if not digits.isdecimal():
        raise Refusal(400, "ValidationError", "phone_number Must not contain letters or symbols")
    national = re.sub(r"^(44|0)", "", digits)
    if not national.startswith("7"):
        raise Refusal(400, "ValidationError", "phone_number Not a UK mobile number")
    if len(national) != 10:
        words = "Not enough digits" if len(national) < 10 else "Too many digits"
        raise Refusal(400, "ValidationError", f"phone_number {words}")


@contextmanager
def running() -> Iterator[StandIn]:
    """The stand-in on a port of this machine."""
    stand_in = StandIn()
    handler = type("Handler", (_Handler,), {"stand_in": stand_in})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    stand_in.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
