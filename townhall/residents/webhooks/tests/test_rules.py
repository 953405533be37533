import base64
import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

from townhall.residents.webhooks import rules

AT = datetime(2026, 5, 12, 12, 0, tzinfo=UTC)
ID = UUID("0192f0c1-0000-7000-8000-000000000001")


def test_a_signature_is_the_one_that_the_standard_publishes() -> None:
    """The example of the Standard Webhooks libraries: this secret, id, time and body give this signature."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    moment = datetime.fromtimestamp(1614265330, tz=UTC)
    key = base64.b64decode(secret.removeprefix("whsec_"))
    assert len(key) == 24
    sent = rules.headers(secret=secret, event_id=ID, text='{"test": 2432232314}', at=moment)
    assert sent["webhook-timestamp"] == "1614265330"
    assert sent["webhook-id"] == str(ID)
    assert sent["webhook-signature"].startswith("v1,")
    signed = rules.sign(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", '{"test": 2432232314}')
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_an_event_says_what_cloudevents_asks_for() -> None:
    told = rules.Told(event_id=ID, kind="cases.case_opened.v1", number=1, at=AT, reference="9TX2-MKD", facts={"a": 1})
    event = json.loads(rules.body(told, source="https://northmere.example"))
    assert {name: event[name] for name in ("specversion", "id", "source", "type", "subject", "data")} == {
        "specversion": "1.0", "id": str(ID), "source": "https://northmere.example", "type": "cases.case_opened.v1",
        "subject": "9TX2-MKD", "data": {"a": 1},
    }  # fmt: skip
    assert event["sequence"] == "0000000001"


def test_every_secret_is_another_and_long() -> None:
    first, second = rules.make_secret(), rules.make_secret()
    assert first != second
    assert len(base64.b64decode(first.removeprefix("whsec_"))) == 32


def test_tries_go_on_for_three_days_and_then_end() -> None:
    waits = [rules.wait_before(number) for number in range(1, len(rules.WAITS) + 1)]
    assert timedelta(days=3) <= sum((wait for wait in waits if wait), timedelta()) <= timedelta(days=3, hours=6)
    assert rules.wait_before(len(rules.WAITS) + 1) is None
