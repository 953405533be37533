"""What a webhook says, how it is signed, and when it is sent again. Pure."""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

PREFIX: Final = "whsec_"
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
