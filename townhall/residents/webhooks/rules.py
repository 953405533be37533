"""What a webhook says, how it is signed, when it is sent again, and what an answer may bring. Pure."""

import base64
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast
from uuid import UUID

PREFIX: Final = "whsec_"
ORDER: Final = "services.order.v1"
TEST: Final = "webhooks.test.v1"
PUBLIC_KINDS: Final = frozenset(
    {
        "cases.case_opened.v1",
        "cases.status_changed.v1",
        "cases.case_resolved.v1",
        "cases.case_reopened.v1",
        "cases.category_changed.v1",
    }
)
"""Events that everybody may hear of where the case is public. None says who did or wrote something."""
WAITS: Final = (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
"""Seconds before each further try: some three days together. Source: Standard Webhooks, retry schedule."""

MOST_NAMES, LONGEST_TEXT, LARGEST, DEEPEST = 50, 1_000, 10**15, 5
NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")


class Unusable(ValueError):
    """An answer that cannot be handed to a process; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A public fact about a case, as it is when the event is handed on."""

    event_id: UUID
    kind: str
    number: int
    at: datetime
    reference: str
    facts: Mapping[str, Any]


def make_secret() -> str:
    """A new secret of 32 random bytes, written as Standard Webhooks has it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def body(told: Told, *, source: str) -> str:
    """The event as CloudEvents JSON. Source: CloudEvents 1.0, JSON event format, structured mode."""
    event = {
        "specversion": "1.0",
        "id": str(told.event_id),
        "source": source,
        "type": told.kind,
        "time": told.at.isoformat(),
        "datacontenttype": "application/json",
        "data": dict(told.facts),
    }
    if told.reference:
        event |= {"subject": told.reference, "sequence": str(told.number).zfill(10)}
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"))


def order_body(*, call_id: UUID, at: datetime, source: str, data: Mapping[str, Any], reference: str = "") -> str:
    """An order of a process as CloudEvents JSON: what its author names, and nothing else. A test has no reference."""
    event = {
        "specversion": "1.0", "id": str(call_id), "source": source, "type": ORDER if reference else TEST,
        "time": at.isoformat(), "datacontenttype": "application/json", "data": dict(data),
    } | ({"subject": reference} if reference else {})  # fmt: skip
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"))


def answer_of(content: bytes) -> dict[str, Any]:
    """The plain values of an answer by their names; what is nested is passed over. Raises Unusable.

    An empty answer brings nothing. Texts have at most 1,000 characters, numbers 15 digits, and there are 50 names.
    """
    if not content.strip():
        return {}
    try:
        found = json.loads(content.decode(), parse_constant=_refuse)
    except (ValueError, RecursionError) as problem:
        raise Unusable("its answer is no JSON") from problem
    if not isinstance(found, dict):
        raise Unusable("its answer is no JSON object")
    held = cast("dict[str, Any]", found)
    if len(held) > MOST_NAMES or _depth(held) > DEEPEST:
        raise Unusable("its answer has too many names or too much in it")
    return {name: _plain(name, value) for name, value in held.items() if _is_taken(name, value)}


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _depth(value: Any, deep: int = 0) -> int:
    """How deep values stand in one another; looked at no further than one too many."""
    if deep > DEEPEST or not isinstance(value, dict | list):
        return deep
    inside = cast("dict[str, Any]", value).values() if isinstance(value, dict) else cast("list[Any]", value)
    return max((_depth(each, deep + 1) for each in inside), default=deep + 1)


def _is_taken(name: str, value: Any) -> bool:
    return bool(NAME.fullmatch(name)) and not isinstance(value, dict | list)


def _plain(name: str, value: Any) -> Any:
    """A value as a process may have it. Raises Unusable."""
    if isinstance(value, str) and (len(value) > LONGEST_TEXT or any(_is_odd(each) for each in value)):
        raise Unusable(f"the text {name} in its answer is too long, or has characters that cannot be kept")
    if isinstance(value, int | float) and not isinstance(value, bool) and not abs(value) < LARGEST:
        raise Unusable(f"the number {name} in its answer is too large")
    return value


def _is_odd(character: str) -> bool:
    """Whether no database keeps it: a control character or half of a pair."""
    return (character < " " and character not in "\n\t") or "\ud800" <= character <= "\udfff"


def headers(*, secret: str, event_id: UUID, text: str, at: datetime) -> dict[str, str]:
    """The headers by which the receiver knows that it was us, when, and whether it had this before."""
    stamp = str(int(at.timestamp()))
    return {
        "webhook-id": str(event_id),
        "webhook-timestamp": stamp,
        "webhook-signature": sign(secret, str(event_id), stamp, text),
        "Content-Type": "application/cloudevents+json",
    }


def sign(secret: str, message_id: str, stamp: str, text: str) -> str:
    """HMAC-SHA256 over id, time and body with the decoded secret, in base64, after "v1,". Source: Standard Webhooks."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    digest = hmac.new(key, f"{message_id}.{stamp}.{text}".encode(), hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def wait_before(attempts: int) -> timedelta | None:
    """How long to wait after this many failed tries; None when that was the last one."""
    return timedelta(seconds=WAITS[attempts - 1]) if attempts <= len(WAITS) else None
