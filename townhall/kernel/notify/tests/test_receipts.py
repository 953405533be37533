"""What becomes of letters after Notify took them."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from townhall.kernel.notify import actions
from townhall.kernel.notify.models import Letter

pytestmark = pytest.mark.django_db
Write = Callable[..., Letter]
ADDRESS = "/letters/notify/receipts"


@pytest.fixture
def sent(write: Write, notify: Any, at: datetime) -> Letter:
    """A letter that Notify has."""
    letter = write()
    actions.send_due(at)
    letter.refresh_from_db()
    return letter


def receipt(letter: Letter, status: str) -> dict[str, Any]:
    """A call-back as Notify's documentation describes it."""
    return {
        "id": letter.provider_id,
        "reference": f"{letter.pk}.{letter.sends}",
        "to": "asha@example.org",
        "status": status,
        "created_at": "2026-05-12T12:15:30.000000Z",
        "completed_at": None,
        "sent_at": None,
        "notification_type": "email",
        "template_id": "9d751e0e-f929-4891-82a1-a3e1c3c18ee3",
        "template_version": 1,
    }


def call(client: Client, body: dict[str, Any], token: str = "the token") -> int:  # noqa: S107
    headers = {"Authorization": f"Bearer {token}"}
    return client.post(ADDRESS, json.dumps(body), content_type="application/json", headers=headers).status_code


@pytest.fixture(autouse=True)
def token(settings: Any) -> None:
    """The token that Notify was given."""
    settings.TOWNHALL_NOTIFY_TOKEN = "the token"


def test_a_call_back_says_it_arrived(client: Client, sent: Letter) -> None:
    assert call(client, receipt(sent, "delivered")) == 204
    sent.refresh_from_db()
    assert sent.state == "delivered"


def test_without_the_token_nothing_changes(client: Client, sent: Letter, settings: Any) -> None:
    assert call(client, receipt(sent, "permanent-failure"), token="guess") == 403
    assert (
        client.post(ADDRESS, json.dumps(receipt(sent, "delivered")), content_type="application/json").status_code == 403
    )
    settings.TOWNHALL_NOTIFY_TOKEN = ""
    assert call(client, receipt(sent, "delivered"), token="") == 403
    sent.refresh_from_db()
    assert sent.state == "sent"


def test_a_bad_address_goes_another_way(client: Client, sent: Letter) -> None:
    assert call(client, receipt(sent, "permanent-failure")) == 204
    sent.refresh_from_db()
    assert (sent.state, sent.channel, sent.problem) == ("waiting", "sms", "notify_permanent-failure")


def test_a_stale_call_back_changes_nothing(client: Client, sent: Letter) -> None:
    old = receipt(sent, "permanent-failure")
    call(client, old)
    sent.refresh_from_db()
    actions.send_due(sent.next_at)
    assert call(client, old) == 204
    sent.refresh_from_db()
    assert (sent.state, sent.channel) == ("sent", "sms")


def test_a_failure_for_now_is_sent_again_under_another_reference(
    client: Client, sent: Letter, notify: Any, at: datetime
) -> None:
    call(client, receipt(sent, "temporary-failure"))
    sent.refresh_from_db()
    assert sent.state == "waiting"
    actions.send_due(sent.next_at)
    assert [message.reference for message in notify.taken] == [f"{sent.pk}.1", f"{sent.pk}.2"]


def test_a_call_back_that_is_quicker_than_we_are_is_to_come_again(client: Client, sent: Letter) -> None:
    body = receipt(sent, "delivered")
    Letter.objects.filter(pk=sent.pk).update(state="sending", sends=0, provider="", provider_id="")
    assert call(client, body) == 503


@pytest.mark.parametrize(
    "body", [{}, {"id": 3}, {"id": "x", "reference": None, "status": "delivered"}, {"id": "x" * 99}]
)
def test_a_call_back_about_nothing_of_ours_is_taken_quietly(client: Client, body: dict[str, Any]) -> None:
    assert call(client, body) in {204, 400}


def test_what_is_not_json_is_refused(client: Client) -> None:
    headers = {"Authorization": "Bearer the token"}
    for body in (b"not json", b"[]", b"\xff\xfe"):
        assert client.post(ADDRESS, body, content_type="application/json", headers=headers).status_code == 400


def test_a_letter_that_came_back_is_noted(client: Client, write: Write, notify: Any, at: datetime) -> None:
    from townhall.kernel.notify.rules import Address

    letter = write(address=Address(name="A", lines=("4 Wool Lane", "NM1 2AB")))
    actions.send_due(at)
    body = {"notification_id": notify.taken[0].id, "reference": notify.taken[0].reference, "date_sent": "2026-05-12"}
    assert call(client, body) == 204
    letter.refresh_from_db()
    assert (letter.state, letter.problem) == ("failed", "returned")


def test_what_notify_does_not_tell_is_asked(sent: Letter, notify: Any, at: datetime) -> None:
    assert actions.fetch_statuses(at) == 0
    notify.taken[0].status = "sending"
    assert actions.fetch_statuses(at + timedelta(hours=2)) == 1
    assert actions.fetch_statuses(at + timedelta(hours=3)) == 0
    notify.taken[0].status = "delivered"
    assert actions.fetch_statuses(at + timedelta(hours=9)) == 1
    sent.refresh_from_db()
    assert sent.state == "delivered"
    assert actions.fetch_statuses(at + timedelta(hours=20)) == 0


def test_after_five_days_nobody_asks_any_more(sent: Letter, notify: Any, at: datetime) -> None:
    assert actions.fetch_statuses(at + timedelta(days=6)) == 0


def test_a_message_that_notify_has_forgotten_does_not_stop_the_others(
    write: Write, sent: Letter, notify: Any, at: datetime
) -> None:
    other = write(key="k2")
    actions.send_due(at)
    Letter.objects.filter(pk=sent.pk).update(provider_id="00000000-0000-0000-0000-000000000000", next_at=at)
    notify.taken[1].status = "delivered"
    actions.fetch_statuses(at + timedelta(hours=2))
    other.refresh_from_db()
    assert other.state == "delivered"
