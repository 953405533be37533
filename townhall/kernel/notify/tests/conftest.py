"""What tests of letters share: the three ways an installation may be set up, and a quick way to write."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.apps import apps

from townhall.kernel.notify import actions, rules
from townhall.kernel.notify.models import Letter
from townhall.kernel.notify.registries import LetterKind, letter_kinds
from townhall.kernel.notify.tests import mail_server, notify_stand_in

WORDING = rules.Wording(
    title="Test letter",
    subject_en="About ((title))", body_en="Dear ((name)),\n\nIt is fixed.\n\nSee ((link))",
    subject_cy="Am ((title))", body_cy="Annwyl ((name)),\n\nMae wedi'i drwsio.\n\nGweler ((link))",
    examples={"title": "a lamp", "name": "Asha", "link": "/reports/9TX2-MKD"},
)  # fmt: skip
ASHA = rules.Address(
    name="Asha Begum", email="asha@example.org", phone="+447700900142", lines=("4 Wool Lane", "Northmere", "NM1 2AB")
)


@pytest.fixture(autouse=True)
def test_letter() -> Iterator[None]:
    """A kind of letter that only tests have."""
    letter_kinds.add("test_letter", LetterKind("test_letter", "notify", WORDING))
    yield
    del letter_kinds._entries["test_letter"]


@pytest.fixture
def write(db: None, at: datetime) -> Callable[..., Letter | None]:
    """Writes a test letter; what is not given is usual."""

    def written(**more: Any) -> Letter | None:
        values = {"title": "a lamp", "name": "Asha", "link": "/reports/9TX2-MKD"}
        usual: dict[str, Any] = {"kind": "test_letter", "key": "k1", "values": values, "at": at, "address": ASHA}
        return actions.write(**(usual | more))

    return written


@pytest.fixture(autouse=True)
def demo(settings: Any) -> None:
    """An installation that is a demo, with nothing set."""
    settings.TOWNHALL_DEMO = True
    settings.TOWNHALL_SMTP_URL = settings.TOWNHALL_NOTIFY_KEY = ""


@pytest.fixture
def real(settings: Any, demo: None) -> None:
    """An installation that is not a demo, and has nothing set."""
    settings.TOWNHALL_DEMO = False


@pytest.fixture
def mail(settings: Any, real: None) -> Iterator[mail_server.MailServer]:
    """A mail server that this installation uses."""
    with mail_server.running() as server:
        settings.TOWNHALL_SMTP_URL = server.url
        yield server


@pytest.fixture
def notify(settings: Any, real: None) -> Iterator[notify_stand_in.StandIn]:
    """GOV.UK Notify's stand-in, that this installation uses for every channel."""
    with notify_stand_in.running() as stand_in:
        settings.TOWNHALL_NOTIFY_KEY = notify_stand_in.KEY
        settings.TOWNHALL_NOTIFY_URL = stand_in.url
        settings.TOWNHALL_NOTIFY_TEMPLATES = notify_stand_in.TEMPLATES
        yield stand_in


@pytest.fixture
def make_case(council: Any, at: datetime) -> Callable[..., Any]:
    """Makes bare cases, by the model's name: cases are above this module."""
    model = apps.get_model("cases.Case")
    return lambda **more: model.objects.create(
        **({"kind": "test", "title": "A case", "opened_at": at, "updated_at": at} | more)
    )
