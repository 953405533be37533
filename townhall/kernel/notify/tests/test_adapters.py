"""What goes out over the wire, read by servers that take it."""

import base64
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from townhall.kernel.notify import actions, adapters
from townhall.kernel.notify.adapters.smtp import options
from townhall.kernel.notify.models import Letter
from townhall.kernel.notify.tests import mail_server, notify_stand_in

pytestmark = pytest.mark.django_db
Write = Callable[..., Letter]


def test_a_mail_has_text_and_html_and_says_that_a_machine_sent_it(
    write: Write, mail: Any, council: Any, at: datetime
) -> None:
    write()
    actions.send_due(at)
    (message,) = mail.taken
    assert message["Subject"] == "About a lamp"
    assert message["To"] == "asha@example.org"
    assert message["From"] == "Northmere Borough Council <noreply@northmere.example>"
    assert message["Reply-To"] == "help@northmere.example"
    assert message["Auto-Submitted"] == "auto-generated"
    text, html = (message.get_body((kind,)).get_content().replace("\r\n", "\n") for kind in ("plain", "html"))
    assert text.startswith("Dear Asha,\n\nIt is fixed.\n\nSee http")
    assert "<p>Dear Asha,</p>" in html
    assert "style=" not in html
    assert "/reports/9TX2-MKD</a>" in html


def test_welsh_signs_arrive_whole(write: Write, mail: Any, at: datetime) -> None:
    write(language="cy", values={"title": "tŷ gŵyl", "name": "Siân", "link": "/"})
    actions.send_due(at)
    (message,) = mail.taken
    assert message["Subject"] == "Am tŷ gŵyl"
    assert message["Content-Language"] == "cy"
    assert "Annwyl Siân" in message.get_body(("plain",)).get_content()
    assert '<html lang="cy">' in message.get_body(("html",)).get_content()


def test_a_new_line_in_a_value_makes_no_header(write: Write, mail: Any, at: datetime) -> None:
    write(values={"title": "x\r\nBcc: evil@example.org", "name": "", "link": "/"})
    actions.send_due(at)
    (message,) = mail.taken
    assert message["Bcc"] is None
    assert message["Subject"] == "About x Bcc: evil@example.org"


def test_many_mails_share_a_connection(write: Write, mail: Any, at: datetime) -> None:
    for number in range(5):
        write(key=f"k{number}")
    actions.send_due(at)
    assert len(mail.taken) == 5


def test_a_mail_server_may_want_a_password(write: Write, settings: Any, real: None, at: datetime) -> None:
    with mail_server.running(needs_password=True) as server:
        settings.TOWNHALL_SMTP_URL = server.url.replace("//", "//us:open%20sesame@")
        letter = write()
        actions.send_due(at)
        assert len(server.taken) == 1
        settings.TOWNHALL_SMTP_URL = server.url.replace("//", "//us:wrong@")
        letter = write(key="k2")
        actions.send_due(at)
        letter.refresh_from_db()
        assert (letter.state, letter.problem) == ("waiting", "smtp_sign_in_535")


@pytest.mark.parametrize("url", ["http://mail.example", "smtp://", "mail.example:25"])
def test_a_wrong_mail_address_of_the_server_is_named(url: str) -> None:
    with pytest.raises(ValueError, match="TOWNHALL_SMTP_URL"):
        options(url)


def test_a_mail_server_by_tls_is_understood() -> None:
    assert options("smtp://a:b@mail.example:587?tls=1")["use_tls"]
    assert options("smtps://mail.example") | {} == options("smtps://mail.example:465")


def test_notify_gets_an_email_under_our_reference(write: Write, notify: Any, at: datetime) -> None:
    letter = write()
    actions.send_due(at)
    (message,) = notify.taken
    assert message.kind == "email"
    assert message.reference == f"{letter.pk}.1"
    assert message.request["personalisation"]["subject"] == "About a lamp"
    assert message.request["personalisation"]["body"].startswith("Dear Asha,")


def test_notify_gets_a_text(write: Write, notify: Any, council: Any, at: datetime) -> None:
    actions.set_preference(person=council.resident, channel="sms", large_print=False, at=at)
    write(person=council.resident, address=None)
    actions.send_due(at)
    (message,) = notify.taken
    assert (message.kind, message.request["phone_number"]) == ("sms", "+447700900142")
    assert message.request["personalisation"]["body"].startswith("Northmere Borough Council: It is fixed.")


def test_notify_gets_a_posted_letter_as_pdf(write: Write, notify: Any, council: Any, at: datetime) -> None:
    from townhall.kernel.notify.rules import Address

    write(address=Address(name="Asha Begum", lines=("4 Wool Lane", "NM1 2AB")))
    actions.send_due(at)
    (message,) = notify.taken
    assert message.kind == "letter"
    assert base64.b64decode(message.request["content"]).startswith(b"%PDF-1.7")


def test_our_requests_are_what_the_published_schema_wants(
    write: Write, notify: Any, council: Any, at: datetime, shared_data: Path
) -> None:
    from townhall.kernel.notify.rules import Address

    write()
    write(key="k2", address=Address(phone="+447700900142"))
    write(key="k3", address=Address(name="Asha", lines=("4 Wool Lane", "NM1 2AB")))
    actions.send_due(at)
    schema = json.loads((shared_data / "government-apis" / "notify" / "schema.json").read_text())
    names = {"email": "SendEmailRequest", "sms": "SendTextMessageRequest", "letter": "SendPrecompiledLetterRequest"}
    assert {message.kind for message in notify.taken} == set(names)
    for message in notify.taken:
        jsonschema.validate(message.request, schema["components"]["schemas"][names[message.kind]])


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ((400, "ValidationError"), ("waiting", "sms", 0)),
        ((400, "BadRequestError"), ("waiting", "sms", 0)),
        ((403, "AuthError"), ("waiting", "email", 0)),
        ((404, "NoResultFound"), ("waiting", "email", 0)),
        ((429, "RateLimitError"), ("waiting", "email", 0)),
        ((429, "TooManyRequestsError"), ("waiting", "email", 0)),
        ((500, "Exception"), ("waiting", "email", 1)),
        ((503, "Exception"), ("waiting", "email", 1)),
    ],
)
def test_each_error_of_notify_does_the_right_thing(
    write: Write, notify: Any, at: datetime, error: tuple[int, str], expected: tuple[str, str, int]
) -> None:
    notify.fail(*error)
    letter = write()
    (found,) = Letter.objects.all()
    with adapters.carriers() as carriers:
        from townhall.kernel.notify.actions import sending

        (claimed,) = sending._claim(at, ["email"])
        sending._try(claimed, carriers["email"], at)
    letter.refresh_from_db()
    assert found == letter
    assert (letter.state, letter.channel, letter.attempts) == expected


def test_a_wrong_key_holds_letters(write: Write, notify: Any, settings: Any, at: datetime) -> None:
    settings.TOWNHALL_NOTIFY_KEY = notify_stand_in.KEY[:-1] + "9"
    letter = write()
    actions.send_due(at)
    letter.refresh_from_db()
    assert (letter.state, letter.problem) == ("waiting", "notify_403_AuthError")
    assert not notify.taken


def test_notify_being_away_is_tried_again(write: Write, notify: Any, settings: Any, at: datetime) -> None:
    settings.TOWNHALL_NOTIFY_URL = "http://127.0.0.1:1"
    letter = write()
    actions.send_due(at)
    letter.refresh_from_db()
    assert (letter.state, letter.is_uncertain) == ("waiting", True)
    assert letter.attempts == 1


def test_a_number_that_is_no_mobile_goes_by_email_then_by_post(write: Write, notify: Any, at: datetime) -> None:
    from townhall.kernel.notify.rules import Address

    everywhere = Address(name="A", email="not an address", phone="+441632960100", lines=("4 Wool Lane", "NM1 2AB"))
    write(address=everywhere)
    actions.send_due(at)
    assert [message.kind for message in notify.taken] == ["letter"]


@pytest.mark.parametrize(
    ("demo", "smtp", "key", "carried"),
    [
        (True, "smtp://127.0.0.1:1", notify_stand_in.KEY, ("mailbox", "mailbox", "print")),
        (False, "", "", ("mailbox", "mailbox", "print")),
        (False, "smtp://127.0.0.1:1", "", ("smtp", "", "print")),
        (False, "", notify_stand_in.KEY, ("notify", "notify", "notify")),
        (False, "smtp://127.0.0.1:1", notify_stand_in.KEY, ("smtp", "notify", "notify")),
    ],
)
def test_settings_say_what_carries_each_channel(
    settings: Any, demo: bool, smtp: str, key: str, carried: tuple[str, str, str]
) -> None:
    settings.TOWNHALL_DEMO, settings.TOWNHALL_SMTP_URL, settings.TOWNHALL_NOTIFY_KEY = demo, smtp, key
    settings.TOWNHALL_NOTIFY_TEMPLATES = notify_stand_in.TEMPLATES
    assert tuple(adapters.carried_by(channel) for channel in ("email", "sms", "post")) == carried
