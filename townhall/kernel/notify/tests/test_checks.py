"""A wrong setting is told at start-up."""

from typing import Any

import pytest

from townhall.kernel.notify import checks


def ids(found: list[Any]) -> list[str]:
    return [message.id for message in found]


@pytest.mark.parametrize(
    ("url", "expected"), [("", []), ("smtp://mail.example:25", []), ("mail.example", ["notify.E001"])]
)
def test_a_mail_server_that_cannot_be_read_is_named(settings: Any, url: str, expected: list[str]) -> None:
    settings.TOWNHALL_SMTP_URL = url
    assert ids(checks.mail_server_has_an_address()) == expected


def test_a_key_without_templates_is_named(settings: Any) -> None:
    settings.TOWNHALL_NOTIFY_KEY, settings.TOWNHALL_NOTIFY_TEMPLATES = "key", ""
    settings.TOWNHALL_NOTIFY_TOKEN = ""
    assert ids(checks.notify_has_its_templates()) == ["notify.E002", "notify.W001"]
    settings.TOWNHALL_NOTIFY_TEMPLATES, settings.TOWNHALL_NOTIFY_TOKEN = "email=x", "token"
    assert checks.notify_has_its_templates() == []


def test_a_council_that_cannot_send_is_told(settings: Any, real: None) -> None:
    assert ids(checks.letters_can_leave()) == ["notify.W002"]
    settings.TOWNHALL_SMTP_URL = "smtp://mail.example"
    assert checks.letters_can_leave() == []
