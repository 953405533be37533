"""Which way a letter goes, and what providers' answers mean."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from townhall.kernel.notify import rules
from townhall.kernel.notify.rules.outcomes import notify_outcome, notify_problem, smtp_problem

AT = datetime(2026, 5, 12, 23, 0, tzinfo=UTC)
EVERYWHERE = rules.Address(name="Asha", email="a@example.org", phone="+447700900142", lines=("1 Wool Lane", "NM1 2AB"))
ALL = frozenset(rules.CHANNELS)


@pytest.mark.parametrize(
    ("preferred", "available", "order"),
    [
        ("", ALL, ["email", "sms", "post"]),
        ("post", ALL, ["post", "email", "sms"]),
        ("sms", {"email", "post"}, ["email", "post"]),
        ("", frozenset(), []),
    ],
)
def test_the_preferred_channel_comes_first(preferred: str, available: frozenset[str], order: list[str]) -> None:
    assert rules.ways_to_reach(EVERYWHERE, preferred, available) == order


def test_a_channel_needs_an_address() -> None:
    assert rules.ways_to_reach(rules.Address(phone="+447700900142"), "email", ALL) == ["sms"]
    assert rules.ways_to_reach(rules.Address(lines=("NM1 2AB",)), "post", ALL) == []


def test_waits_grow_and_end() -> None:
    waits = [rules.wait_before(attempt) for attempt in range(1, rules.MAX_ATTEMPTS + 1)]
    known = [wait for wait in waits if wait is not None]
    assert known == sorted(known)
    assert waits[-1] is None
    assert sum(known, timedelta()) < timedelta(hours=24)


@pytest.mark.parametrize(
    ("status_code", "error", "verdict", "alerts", "is_uncertain"),
    [
        (400, "ValidationError", "give_up", False, False),
        (400, "BadRequestError", "give_up", True, False),
        (403, "AuthError", "hold", True, False),
        (403, "BadRequestError", "hold", True, False),
        (404, "NoResultFound", "hold", True, False),
        (429, "RateLimitError", "hold", False, False),
        (429, "TooManyRequestsError", "hold", True, False),
        (500, "Exception", "again", False, True),
        (503, "", "again", False, True),
    ],
)
def test_each_error_of_notify_has_a_meaning(
    status_code: int, error: str, verdict: str, alerts: bool, is_uncertain: bool
) -> None:
    problem = notify_problem(status_code, error, AT)
    assert (problem.verdict, problem.alerts, problem.is_uncertain) == (verdict, alerts, is_uncertain)


def test_every_error_that_the_descriptions_name_is_mapped(shared_data: Path) -> None:
    """The error files name a type and a status code above each group.

    None may come out as a plain try-again but 500.
    """
    import re

    named: set[tuple[str, int]] = set()
    for path in (shared_data / "government-apis" / "notify").glob("errors_*.md"):
        named |= {
            (name, int(code)) for name, code in re.findall(r"\*\*(\w+) \(status code (\d+)\)\*\*", path.read_text())
        }
    assert len(named) >= 6
    again = {pair for pair in named if notify_problem(pair[1], pair[0], AT).verdict == "again"}
    assert again == {("Exception", 500)}


def test_a_daily_limit_is_waited_out_until_midnight() -> None:
    assert notify_problem(429, "TooManyRequestsError", AT).wait == timedelta(hours=1, minutes=5)


@pytest.mark.parametrize(
    ("status", "channel", "outcome"),
    [
        ("created", "email", "on_its_way"),
        ("sending", "sms", "on_its_way"),
        ("pending", "sms", "on_its_way"),
        ("sent", "sms", "delivered"),
        ("delivered", "email", "delivered"),
        ("permanent-failure", "sms", "give_up"),
        ("temporary-failure", "email", "again"),
        ("technical-failure", "email", "again"),
        ("technical-failure", "post", "on_its_way"),
        ("accepted", "post", "on_its_way"),
        ("received", "post", "delivered"),
        ("cancelled", "post", "give_up"),
        ("pending-virus-check", "post", "on_its_way"),
        ("virus-scan-failed", "post", "give_up"),
        ("validation-failed", "post", "give_up"),
        ("permanent-failure", "post", "give_up"),
        ("something-new", "email", "on_its_way"),
    ],
)
def test_each_status_of_notify_has_a_meaning(status: str, channel: str, outcome: str) -> None:
    assert notify_outcome(status, channel) == outcome


@pytest.mark.parametrize(
    ("status_code", "stage", "verdict"),
    [
        (550, "recipient", "give_up"),
        (450, "recipient", "again"),
        (535, "sign_in", "hold"),
        (553, "sender", "hold"),
        (554, "data", "give_up"),
        (451, "data", "again"),
        (554, "connect", "again"),
        (0, "connect", "again"),
    ],
)
def test_each_answer_of_a_mail_server_has_a_meaning(status_code: int, stage: str, verdict: str) -> None:
    assert smtp_problem(status_code, stage).verdict == verdict  # pyright: ignore[reportArgumentType]


def test_a_line_cut_while_the_message_went_over_is_uncertain() -> None:
    assert smtp_problem(0, "data").is_uncertain
    assert not smtp_problem(451, "data").is_uncertain
