import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from townhall.kernel.cases import actions as cases
from townhall.kernel.cases.models import Case
from townhall.kernel.notify.models import Letter
from townhall.residents.reports.tests import factories
from townhall.residents.webhooks import actions, rules
from townhall.residents.webhooks.models import Delivery, Hook, State

pytestmark = pytest.mark.django_db
SECRET_WORDS = "My name is Asha and the lamp is out"


@dataclass
class Receiver:
    """A receiver on this machine: what came, and with which statuses it answers, the last one for ever."""

    address: str = ""
    answers: list[int] = field(default_factory=lambda: [204])
    came: list[tuple[dict[str, str], str]] = field(default_factory=list[tuple[dict[str, str], str]])

    def events(self) -> list[dict[str, Any]]:
        """What it was told."""
        return [json.loads(body) for _headers, body in self.came]


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            found.came.append((dict(self.headers), body))
            self.send_response(found.answers.pop(0) if len(found.answers) > 1 else found.answers[0])
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.TOWNHALL_PRIVATE_HOSTS = {"127.0.0.1"}
    found.address = f"http://127.0.0.1:{server.server_address[1]}/hook"
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def hook(council: Any, receiver: Receiver, at: datetime) -> Hook:
    factories.categories()
    return actions.make_hook(name="Dashboard", address=receiver.address, by=council.administrator, at=at)


def reported(council: Any, at: datetime) -> Case:
    return factories.report(reporter=council.resident, at=at, description=SECRET_WORDS).case


def test_a_public_report_is_told_signed_and_without_a_word_that_anybody_typed(
    hook: Hook, receiver: Receiver, council: Any, relay: Callable[[], Any], at: datetime
) -> None:
    case = reported(council, at)
    relay()
    relay()
    assert actions.send_due(at) == 1
    headers, body = receiver.came[0]
    event = json.loads(body)
    assert event["subject"] == event["data"]["service_request_id"] == case.reference
    assert event["type"] == "cases.case_opened.v1"
    said = rules.sign(hook.secret, headers["webhook-id"], headers["webhook-timestamp"], body)
    assert headers["webhook-signature"] == said
    assert "Asha" not in body
    assert "lamp" not in body
    assert actions.send_due(at) == 0


def test_a_case_that_is_not_public_is_told_to_nobody(
    hook: Hook, receiver: Receiver, council: Any, relay: Callable[[], Any], at: datetime
) -> None:
    hidden, withdrawn = reported(council, at), reported(council, at)
    Case.objects.filter(pk=hidden.pk).update(is_public=False)
    relay()
    Case.objects.filter(pk=withdrawn.pk).update(is_public=False)
    actions.send_due(at)
    assert receiver.came == []
    assert list(Delivery.objects.values_list("case_id", "state")) == [(withdrawn.pk, State.WITHHELD)]


def test_events_of_a_case_wait_for_the_one_before_and_keep_their_id(
    hook: Hook, receiver: Receiver, council: Any, relay: Callable[[], Any], at: datetime
) -> None:
    receiver.answers = [500, 204]
    case = reported(council, at)
    relay()
    cases.resolve(case_id=case.pk, outcome="fixed", text="", by=council.officer, at=at)
    relay()
    assert actions.send_due(at) == 0
    assert actions.send_due(at + timedelta(seconds=4)) == 0
    assert actions.send_due(at + timedelta(seconds=6)) == 1
    assert actions.send_due(at + timedelta(seconds=7)) == 1
    assert [event["type"] for event in receiver.events()] == [
        "cases.case_opened.v1", "cases.case_opened.v1", "cases.case_resolved.v1",
    ]  # fmt: skip
    assert len({event["id"] for event in receiver.events()}) == 2


def test_after_three_days_in_vain_it_stops_and_the_administrators_get_a_letter(
    hook: Hook, receiver: Receiver, council: Any, relay: Callable[[], Any], at: datetime
) -> None:
    receiver.answers = [500]
    reported(council, at)
    relay()
    now = at
    for _ in range(len(rules.WAITS) + 1):
        actions.send_due(now)
        now += timedelta(days=1, minutes=1)
    hook.refresh_from_db()
    assert hook.stopped_because == "it answered 500"
    letter = Letter.objects.get(kind="webhook_stopped")
    assert letter.person == council.administrator
    receiver.answers = [204]
    actions.start_hook(hook=hook, by=council.administrator, at=now)
    assert actions.send_due(now) == 1


def test_a_receiver_that_is_gone_stops_it_at_once(
    hook: Hook, receiver: Receiver, council: Any, relay: Callable[[], Any], at: datetime
) -> None:
    receiver.answers = [410]
    reported(council, at)
    relay()
    actions.send_due(at)
    hook.refresh_from_db()
    assert hook.stopped_at == at


def test_a_test_is_tried_once_and_stops_nothing(hook: Hook, receiver: Receiver, at: datetime) -> None:
    receiver.answers = [500]
    actions.test(hook=hook, at=at)
    actions.send_due(at)
    hook.refresh_from_db()
    assert Delivery.objects.get().state == State.FAILED
    assert hook.stopped_at is None


def test_an_address_on_our_own_network_is_not_called(
    hook: Hook, receiver: Receiver, at: datetime, settings: Any
) -> None:
    settings.TOWNHALL_PRIVATE_HOSTS = set()
    actions.test(hook=hook, at=at)
    actions.send_due(at)
    assert receiver.came == []
    assert "https" in Delivery.objects.get().error


def test_an_administrator_makes_one_and_sees_its_secret_once(council: Any, client: Any) -> None:
    client.force_login(council.administrator)
    made = client.post("/webhooks/new/", {"name": "Dashboard", "address": "https://hooks.example/in"})
    hook = Hook.objects.get()
    assert hook.secret in made.content.decode()
    assert made["Cache-Control"].startswith("max-age=0")
    assert hook.secret not in client.get(f"/webhooks/{hook.pk}/").content.decode()
    client.post(f"/webhooks/{hook.pk}/stop/")
    assert "It has stopped" in client.get(f"/webhooks/{hook.pk}/").content.decode()


@pytest.mark.parametrize("address", ["http://hooks.example/", "https://a:b@hooks.example/", "ftp://x", "nonsense", ""])
def test_a_strange_address_is_refused(council: Any, client: Any, address: str) -> None:
    client.force_login(council.administrator)
    assert client.post("/webhooks/new/", {"name": "Dashboard", "address": address}).status_code == 422
    assert not Hook.objects.exists()
