"""Sending: once, by somebody, and with an end."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError

from townhall.kernel.notify import actions
from townhall.kernel.notify.actions import sending
from townhall.kernel.notify.models import Letter
from townhall.kernel.outbox.models import Event

pytestmark = pytest.mark.django_db
Write = Callable[..., Letter]


def events() -> list[tuple[str, str]]:
    """What was published of letters, with the channel."""
    rows = Event.objects.filter(kind__startswith="notify.").order_by("id")
    return [(event.kind.split(".")[1], event.payload["channel"]) for event in rows]


def test_in_the_demo_letters_stay_in_the_mailbox(write: Write, at: datetime) -> None:
    letter = write()
    assert actions.send_due(at) == 1
    letter.refresh_from_db()
    assert (letter.state, letter.provider, letter.sent_at) == ("sent", "mailbox", at)
    assert events() == [("letter_sent", "email")]


def test_an_event_says_nothing_of_words_or_addresses(write: Write, at: datetime) -> None:
    write()
    actions.send_due(at)
    payload = Event.objects.get(kind="notify.letter_sent.v1").payload
    assert set(payload) == {"letter_id", "letter_kind", "channel"}


def test_nothing_is_sent_twice(write: Write, mail: Any, at: datetime) -> None:
    write()
    actions.send_due(at)
    actions.send_due(at + timedelta(days=3))
    assert len(mail.taken) == 1


def test_a_full_inbox_is_tried_again_later_and_then_another_way(write: Write, mail: Any, at: datetime) -> None:
    mail.answers["rcpt"] = "452 Mailbox full"
    letter, now = write(), at
    for _ in range(6):
        assert actions.send_due(now) == 1
        assert actions.send_due(now) == 0
        letter.refresh_from_db()
        now = letter.next_at
    assert (letter.state, letter.channel, letter.attempts) == ("waiting", "post", 0)
    assert letter.problem == "smtp_recipient_452"
    assert now - at < timedelta(hours=12)


def test_a_wrong_address_goes_another_way_at_once(write: Write, mail: Any, at: datetime) -> None:
    mail.answers["rcpt"] = "550 No such user"
    letter = write()
    actions.send_due(at)
    letter.refresh_from_db()
    assert (letter.state, letter.channel) == ("waiting", "post")


def test_with_no_other_way_it_has_failed_and_says_so(write: Write, mail: Any, at: datetime) -> None:
    from townhall.kernel.notify.rules import Address

    mail.answers["rcpt"] = "550 No such user"
    letter = write(address=Address(email="gone@example.org"))
    actions.send_due(at)
    letter.refresh_from_db()
    assert (letter.state, letter.ended_at) == ("failed", at)
    assert events() == [("letter_failed", "email")]
    assert Event.objects.get().payload["reason"] == "smtp_recipient_550"


def test_a_wrong_setting_holds_letters_without_using_up_their_tries(
    write: Write, mail: Any, at: datetime, caplog: Any
) -> None:
    mail.answers["mail"] = "553 Sender refused"
    letter, now = write(), at
    for _ in range(9):
        actions.send_due(now)
        now += timedelta(minutes=15)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.channel) == ("waiting", 0, "email")
    mail.answers.clear()
    actions.send_due(now)
    assert len(mail.taken) == 1


def test_a_server_that_is_away_is_tried_again(write: Write, settings: Any, real: None, at: datetime) -> None:
    settings.TOWNHALL_SMTP_URL = "smtp://127.0.0.1:1"
    letter = write()
    actions.send_due(at)
    letter.refresh_from_db()
    assert (letter.state, letter.problem, letter.is_uncertain) == ("waiting", "smtp_connect_0", False)
    assert letter.next_at == at + timedelta(minutes=1)


def test_one_letter_that_cannot_be_prepared_does_not_stop_the_others(write: Write, mail: Any, at: datetime) -> None:
    broken, fine = write(), write(key="k2")
    Letter.objects.filter(pk=broken.pk).update(blocks="not blocks")
    actions.send_due(at)
    broken.refresh_from_db()
    fine.refresh_from_db()
    assert (broken.state, fine.state) == ("waiting", "sent")
    assert broken.problem.startswith("fault_")


def test_after_a_crash_a_mail_is_sent_again_with_the_same_message_id(write: Write, mail: Any, at: datetime) -> None:
    letter = write()
    actions.send_due(at)
    Letter.objects.filter(pk=letter.pk).update(state="sending", sends=0, claimed_at=at)
    assert actions.send_due(at + timedelta(minutes=10)) == 0
    assert actions.send_due(at + timedelta(minutes=16)) == 1
    assert len(mail.taken) == 2
    assert mail.taken[0]["Message-ID"] == mail.taken[1]["Message-ID"]


def test_what_was_sent_while_the_database_went_away_is_noted_when_it_is_back(
    write: Write, mail: Any, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    really, tries = sending.taken, iter([True, True, False])

    def taken(*said: Any) -> None:
        if next(tries):
            raise OperationalError("the connection is lost")
        really(*said)

    monkeypatch.setattr(sending, "taken", taken)
    monkeypatch.setattr(sending, "close_old_connections", lambda: None)
    monkeypatch.setattr(sending.time, "sleep", lambda _seconds: None)
    letter = write()
    actions.send_due(at)
    actions.send_due(at + timedelta(minutes=16))
    letter.refresh_from_db()
    assert (letter.state, len(mail.taken)) == ("sent", 1)


def test_after_a_crash_notify_is_asked_and_nothing_is_sent_again(write: Write, notify: Any, at: datetime) -> None:
    letter = write()
    actions.send_due(at)
    Letter.objects.filter(pk=letter.pk).update(state="sending", sends=0, claimed_at=at, provider_id="")
    actions.send_due(at + timedelta(minutes=16))
    letter.refresh_from_db()
    assert len(notify.taken) == 1
    assert (letter.state, letter.provider_id) == ("sent", notify.taken[0].id)


def test_a_crash_before_notify_had_it_sends_it(write: Write, notify: Any, at: datetime) -> None:
    letter = write()
    Letter.objects.filter(pk=letter.pk).update(state="sending", claimed_at=at, attempts=1)
    actions.send_due(at + timedelta(minutes=16))
    assert len(notify.taken) == 1


def test_notify_hanging_up_after_it_took_the_letter_is_not_a_second_letter(
    write: Write, notify: Any, at: datetime
) -> None:
    notify.hangs_up = 1
    letter = write()
    actions.send_due(at)
    letter.refresh_from_db()
    assert (letter.state, letter.is_uncertain) == ("waiting", True)
    actions.send_due(at + timedelta(minutes=2))
    letter.refresh_from_db()
    assert len(notify.taken) == 1
    assert (letter.state, letter.is_uncertain, letter.provider_id) == ("sent", False, notify.taken[0].id)


def test_without_anything_set_letters_stay_here(write: Write, real: None, at: datetime) -> None:
    letter = write()
    actions.send_due(at)
    letter.refresh_from_db()
    assert letter.provider == "mailbox"
