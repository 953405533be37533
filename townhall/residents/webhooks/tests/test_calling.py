"""What a process hands to another system: told once, signed, no more than its author named; and what comes of it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from townhall.kernel.cases.models import Entry, Task
from townhall.kernel.cases.tests import factories as cases
from townhall.kernel.catalogue.packages.reading import read_files
from townhall.kernel.catalogue.processes.engine import Event
from townhall.residents.open311.actions.calling import Unreachable, call
from townhall.residents.services import actions as services
from townhall.residents.services.actions import answering
from townhall.residents.services.models import Application
from townhall.residents.services.tests.movers import contents
from townhall.residents.webhooks import actions, doctor, holdings, rules
from townhall.residents.webhooks.forms import HookForm
from townhall.residents.webhooks.models import Call, System
from townhall.residents.webhooks.tests.receiving import PROCESS, Receiver, asked, course, published, receiving

State = Call.State
ONWARD = """
name: {en: Question, cy: Cwestiwn}
entry: [{letter: received}]
facts: {question: string}
states:
  register:
    name: {en: Register, cy: Cofrestru}
    webhook: {name: desk, with: {asked: question}}
    next: answer
  answer:
    name: {en: Answer, cy: Ateb}
    task: {who: contact}
    on: {done: answered}
  answered: {name: {en: Answered, cy: Atebwyd}, final: true}
"""
PAY = "{letter: {name: pay, with: {pay_link: ticket}}}"
LETTER = b"""---
title: Pay
title_cy: Talu
subject_en: Pay
subject_cy: Talu
placeholders:
  pay_link: /pay
---
Pay: ((pay_link))

--- cy ---
Talwch: ((pay_link))
"""
SEND = """
from datetime import datetime
from townhall.residents.webhooks.actions import send_calls
send_calls(datetime.fromisoformat("{at}"))
"""


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """Another system."""
    settings.TOWNHALL_PRIVATE_HOSTS = {"127.0.0.1"}
    with receiving() as found:
        yield found


@pytest.fixture
def desk(council: Any, receiver: Receiver, at: datetime) -> System:
    """It is set up."""
    return actions.make_system(name="desk", address=receiver.address, by=council.administrator, at=at)


@pytest.fixture
def sent(desk: System, at: datetime) -> Application:
    """Somebody has applied: a call is ordered."""
    return asked(published(at), at)


def of(application: Application) -> Call:
    """The call of a case."""
    return Call.objects.get(case_id=application.pk)


@pytest.mark.django_db
def test_it_is_handed_what_the_author_named_and_its_answer_goes_into_the_process(
    sent: Application, desk: System, receiver: Receiver, council: Any, at: datetime
) -> None:
    assert course(sent)[0] == ["register"]
    assert actions.send_calls(at) == 1
    ((headers, body),), (event,) = receiver.came, receiver.events()
    assert sent.case is not None
    reference = sent.case.reference
    assert event["data"] == {
        "reference": reference, "service": "asking", "order": "register", "with": {"asked": "May I?", "copies": 2},
    }  # fmt: skip
    assert (event["type"], event["subject"], event["id"]) == (rules.ORDER, reference, headers["webhook-id"])
    assert "asha" not in body.lower(), "nothing that nobody named"
    said = rules.sign(desk.secret, headers["webhook-id"], headers["webhook-timestamp"], body)
    assert headers["webhook-signature"] == said
    assert course(sent) == (["answer"], {"ticket": "T-1", "urgent": True, "why": None})
    told = Entry.objects.get(case=sent.case, data__did="webhook")
    assert (told.text, told.text_cy) == (
        "The other system has taken it: desk", "Mae'r system arall wedi'i dderbyn: desk",
    )  # fmt: skip
    by_hand = Task.objects.get(case=sent.case, title__startswith="Tell the other system")
    assert by_hand.title == "Tell the other system: archive", "which nobody has set up"
    assert actions.send_calls(at) == 0
    officer = Client()
    officer.force_login(council.manager)
    page = officer.get(f"/work/cases/{reference}/").content.decode()
    assert "Handed to other systems" in page
    assert "asked: May I?" in page
    person = sent.case.reporter
    assert person is not None
    (record,) = holdings.find_calls(person)
    assert record.values["asked"] == "May I?"
    assert holdings.find_calls(council.resident) == []
    actions.forget_calls(at + timedelta(days=31))
    assert (of(sent).body, of(sent).state) == ("", State.DONE)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ((422, b"no such team"), "it answered 422"),
        ((410, b""), "410"),
        ((200, b"ok"), "its answer is no JSON"),
        ((200, b"[1]"), "its answer is no JSON object"),
        ((200, b'{"a": NaN}'), "its answer is no JSON"),
        ((200, b"[" * 15_000), "its answer is no JSON"),
        ((200, b'{"a": [[[[[[1]]]]]]}'), "too much in it"),
        ((200, b"{%s}" % b",".join(b'"a%d": 1' % each for each in range(51))), "too many names"),
        ((200, b'{"ticket": "%s"}' % (b"x" * 1_001)), "the text ticket in its answer is too long"),
        ((200, b'{"ticket": "a\\u0000b"}'), "characters that cannot be kept"),
        ((200, b'{"ticket": "\\ud800"}'), "characters that cannot be kept"),
        ((200, b'{"ticket": 1e400}'), "the number ticket in its answer is too large"),
        ((200, b'{"ticket": 1%s}' % (b"0" * 15)), "the number ticket in its answer is too large"),
        ((200, b'{"ticket": "%s"}' % (b"x" * 20_000)), "its answer is too long"),
    ],
)
def test_a_no_and_an_answer_that_cannot_be_used_fail_at_once_in_words(
    sent: Application, receiver: Receiver, at: datetime, answer: tuple[int, bytes], why: str
) -> None:
    receiver.answers = [answer]
    assert actions.send_calls(at) == 1
    states, values = course(sent)
    assert states == ["refused"]
    assert why in values["why"]
    assert (of(sent).state, len(receiver.came)) == (State.FAILED, 1)
    assert "no such team" not in of(sent).error, "what it says may be about people"


@pytest.mark.django_db
@pytest.mark.parametrize("body", [b"", b" \n", b"{}", b'{"list": [1], "a-b": 1, "more": {"deep": 2}}'])
def test_an_answer_may_bring_nothing_and_what_is_nested_is_passed_over(
    sent: Application, receiver: Receiver, at: datetime, body: bytes
) -> None:
    receiver.answers = [(200, body)]
    assert actions.send_calls(at) == 1
    assert course(sent) == (["answer"], {"ticket": None, "urgent": None, "why": None})


@pytest.mark.django_db
@pytest.mark.parametrize("status", [500, 408, 429, 302])
def test_what_may_pass_is_tried_again_under_one_id_until_three_days_are_over(
    sent: Application, receiver: Receiver, at: datetime, status: int
) -> None:
    receiver.answers, now = [(status, b"")], at
    for wait in rules.WAITS:
        assert actions.send_calls(now) == 0
        assert actions.send_calls(now + timedelta(seconds=wait - 1)) == 0
        assert course(sent)[0] == ["register"]
        now += timedelta(seconds=wait)
    assert actions.send_calls(now) == 1
    assert len(receiver.came) == len(rules.WAITS) + 1
    assert len(set(receiver.ids())) == 1
    assert course(sent) == (["refused"], {"ticket": None, "urgent": None, "why": f"it answered {status}"})


@pytest.mark.django_db
def test_the_doctor_tells_of_a_system_that_does_not_answer_until_it_does(
    desk: System, sent: Application, receiver: Receiver, council: Any, at: datetime
) -> None:
    receiver.answers, now = [(503, b"")], at
    for wait in rules.WAITS[: doctor.OFTEN]:
        assert doctor.systems() == []
        actions.send_calls(now)
        now += timedelta(seconds=wait)
    (found,) = doctor.systems()
    assert (found.subject, found.state) == ("System desk", "ill")
    assert "tried 3 times or more: 1" in found.says
    receiver.answers = [(410, b"")]
    assert actions.send_calls(now) == 1
    assert [each.says for each in doctor.systems()] == ["did not take the last call: it answered 410"]
    actions.stop_system(system=desk, by=council.administrator, at=now)
    assert doctor.systems() == [], "a system that was stopped is asked for nothing"


@pytest.mark.django_db
def test_a_state_that_is_left_sends_nothing_and_takes_no_answer_that_comes_late(
    sent: Application, receiver: Receiver, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, leaving = asked(sent.version, at), Event("message", "withdrawn")
    services.move_on(application_id=sent.pk, event=leaving, at=at)
    assert of(sent).state == State.WITHDRAWN
    read = rules.answer_of

    def meanwhile(content: bytes) -> dict[str, Any]:
        services.move_on(application_id=other.pk, event=leaving, at=at)
        return read(content)

    monkeypatch.setattr(rules, "answer_of", meanwhile)
    assert actions.send_calls(at) == 0
    assert receiver.ids() == [str(of(other).pk)]
    assert (of(other).state, course(other)[0]) == (State.WITHDRAWN, ["refused"])
    assert [of(each).attempts for each in (sent, other)] == [0, 1], "one was sent, whatever came of it"


@pytest.mark.django_db
def test_what_nobody_waits_for_and_fails_a_colleague_does(
    sent: Application, receiver: Receiver, council: Any, at: datetime
) -> None:
    actions.make_system(name="archive", address=receiver.address, by=council.administrator, at=at)
    receiver.answers = [(200, b'{"ticket": "T-2"}'), (404, b"")]
    assert actions.send_calls(at) == 1
    assert actions.send_calls(at) == 1
    assert receiver.events()[1]["data"]["with"] == {"ticket": "T-2"}
    task = Task.objects.get(case_id=sent.pk, title="Tell the other system: archive")
    assert (task.title_cy, task.is_asked) == ("Dweud wrth y system arall: archive", False)
    assert course(sent)[0] == ["answer"]


@pytest.mark.django_db
def test_what_goes_on_at_once_without_waiting_is_a_colleagues_too_where_it_fails(
    desk: System, receiver: Receiver, at: datetime
) -> None:
    receiver.answers = [(404, b"")]
    case = asked(published(at, ONWARD), at)
    assert course(case)[0] == ["answer"]
    assert actions.send_calls(at) == 1
    assert Task.objects.get(case_id=case.pk, title="Tell the other system: desk").is_asked is False


@pytest.mark.django_db
def test_an_answer_that_no_letter_may_have_leaves_the_letter_to_a_colleague(
    desk: System, receiver: Receiver, at: datetime
) -> None:
    receiver.answers = [(200, b'{"pay_link": "https://elsewhere.example/pay"}')]
    paying = PROCESS.replace("entry: [{webhook: {name: archive, with: {ticket: ticket}}}]", f"entry: [{PAY}]")
    paying = paying.replace("ticket: result.ticket,", "ticket: result.pay_link,")
    files = contents(paying) | {"letters/pay.md": LETTER}
    del files["decisions/fee.yaml"]
    case = asked(services.publish(package=read_files("asking", files), at=at), at)
    assert actions.send_calls(at) == 1
    assert course(case)[0] == ["answer"]
    assert Task.objects.filter(case_id=case.pk, title="Write to: pay").exists()


@pytest.mark.django_db
def test_a_fault_of_what_comes_next_ends_the_call_and_asks_a_colleague(
    sent: Application, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_args: Any, **_named: Any) -> bool:
        raise RuntimeError

    monkeypatch.setattr(answering, "tell", fault)
    assert actions.send_calls(at) == 1
    assert (of(sent).state, course(sent)[0]) == (State.DONE, ["register"])
    assert Task.objects.get(case_id=sent.pk, is_asked=True).title == "Tell the other system: desk"


@pytest.mark.parametrize("address", ["https://desk.example:99999/", "https://a..b/", "https://[::1/"])
def test_an_address_that_is_none_is_refused_and_stops_no_round(address: str) -> None:
    assert "address" in HookForm({"address": address}).errors
    with pytest.raises(Unreachable):
        call("POST", address)


@pytest.mark.django_db
def test_what_was_handed_over_is_shown_to_whoever_works_on_the_case(sent: Application, council: Any) -> None:
    assert sent.case is not None
    page = f"/work/cases/{sent.case.reference}/"
    for person, sees in ((council.manager, True), (council.call_handler, False)):
        client = Client()
        client.force_login(person)
        text = client.get(page).content.decode()
        assert ("Handed to other systems" in text, "asked: May I?" in text) == (True, sees)


@pytest.mark.django_db
def test_an_answer_that_the_process_cannot_take_is_a_colleagues_task(
    desk: System, receiver: Receiver, at: datetime
) -> None:
    receiver.answers = [(200, b'{"much": 900000000}')]
    counting = PROCESS.replace("ticket: result.ticket,", 'ticket: "string(sum(for n in 1..result.much return n))",')
    case = asked(published(at, counting), at)
    assert actions.send_calls(at) == 1
    assert course(case)[0] == ["register"]
    assert Task.objects.get(case_id=case.pk, is_asked=True).title == "Tell the other system: desk"


@pytest.mark.django_db
def test_a_system_that_is_stopped_is_not_called_and_its_orders_are_done_otherwise(
    sent: Application, desk: System, receiver: Receiver, council: Any, at: datetime
) -> None:
    actions.stop_system(system=desk, by=council.administrator, at=at)
    assert actions.send_calls(at) == 1
    assert (receiver.came, course(sent)) == ([], (["refused"], {"ticket": None, "urgent": None, "why": "stopped"}))
    later = asked(sent.version, at)
    assert Task.objects.get(case_id=later.pk, is_asked=True).title == "Tell the other system: desk"
    actions.start_system(system=desk, by=council.administrator, at=at)
    assert of(asked(sent.version, at)).state == State.WAITING


@pytest.mark.django_db
def test_an_order_goes_on_under_the_name_that_another_version_has_for_its_state(
    sent: Application, receiver: Receiver, at: datetime
) -> None:
    other = published(at, PROCESS.replace("  register:", "  tell:"))
    transfer = services.begin_transfer(source=sent.version, target=other, states={"register": "tell"}, by=None, at=at)
    services.go_on(transfer_id=transfer.pk, at=at)
    assert course(sent)[0] == ["tell"]
    assert actions.send_calls(at) == 1
    assert course(sent)[0] == ["answer"]


@pytest.mark.django_db
def test_an_address_on_our_own_network_is_not_called(
    sent: Application, receiver: Receiver, at: datetime, settings: Any
) -> None:
    settings.TOWNHALL_PRIVATE_HOSTS = set()
    actions.send_calls(at)
    assert receiver.came == []
    assert "https" in of(sent).error


@pytest.mark.django_db
def test_an_administrator_sets_one_up_sees_its_secret_once_and_tries_it(
    council: Any, client: Any, receiver: Receiver
) -> None:
    client.force_login(council.administrator)
    page = client.post("/webhooks/systems/new/", {"name": "desk", "address": receiver.address}).content.decode()
    desk = System.objects.get()
    assert desk.secret in page
    address = f"/webhooks/systems/{desk.pk}/"
    assert desk.secret not in client.get(address).content.decode()
    client.post(f"{address}test/")
    assert actions.send_calls(Call.objects.get().created_at) == 1
    assert receiver.events()[0]["data"] == {"test": True}
    assert "Taken" in client.get(address).content.decode()
    for name in ("desk", "Desk", "a b", ""):
        assert client.post("/webhooks/systems/new/", {"name": name, "address": receiver.address}).status_code == 422
    assert System.objects.count() == 1


def test_a_worker_that_is_killed_while_it_calls_loses_nothing_and_calls_under_the_same_id(
    own_database: str, receiver: Receiver, at: datetime, tmp_path: Path
) -> None:
    council = cases.council()
    actions.make_system(name="desk", address=receiver.address, by=council.administrator, at=at)
    case = asked(published(at), at)
    receiver.held.clear()
    told = os.environ | {"DATABASE_URL": own_database, "TOWNHALL_HOME": str(tmp_path)}
    told["TOWNHALL_PRIVATE_HOSTS"] = "127.0.0.1"
    words = [sys.executable, "-m", "townhall", "shell", "-c", SEND.format(at=at.isoformat())]
    with subprocess.Popen(words, env=told) as worker:
        assert receiver.arrived.wait(60)
        worker.kill()
    receiver.held.set()
    assert (of(case).state, course(case)[0]) == (State.WAITING, ["register"])
    assert actions.send_calls(at + timedelta(minutes=4)) == 0, "another worker may still be at it"
    assert actions.send_calls(at + timedelta(minutes=5)) == 1
    assert (len(receiver.came), len(set(receiver.ids()))) == (2, 1)
    assert course(case)[0] == ["answer"]
