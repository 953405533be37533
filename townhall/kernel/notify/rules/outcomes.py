"""What an answer of a provider means for a letter.

Try again, give this channel up, or hold until somebody mends a setting.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

Verdict = Literal["again", "give_up", "hold"]
Outcome = Literal["on_its_way", "delivered", "again", "give_up"]

HOLD: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a letter was not taken.

    `alerts`: somebody has to mend something. `is_uncertain`: it may have been taken all the same.
    `wait` overrides the usual waiting time. `hold` does not count as a try.
    """

    code: str
    verdict: Verdict
    alerts: bool = False
    is_uncertain: bool = False
    wait: timedelta | None = None


def notify_problem(status_code: int, error: str, at: datetime) -> Problem:
    """What an error of GOV.UK Notify means. Only the status code and the error's type are read, never its message.

    Source: GOV.UK Notify API documentation, error messages. A ValidationError is about the recipient, because the
    shape of our requests is fixed. A BadRequestError with 400 is a recipient the service may not write to (abroad,
    trial mode): this one letter has to go another way, and somebody has to hear of it.
    """
    code = f"notify_{status_code}_{error or 'unknown'}"
    if status_code == 429:
        if error == "RateLimitError":
            return Problem(code, "hold", wait=timedelta(seconds=60))
        return Problem(code, "hold", alerts=True, wait=_until_midnight(at))
    if status_code == 400:
        return Problem(code, "give_up", alerts=error != "ValidationError")
    if status_code in {401, 403, 404}:
        return Problem(code, "hold", alerts=True, wait=HOLD)
    if status_code in {413, 415}:
        return Problem(code, "give_up", alerts=True)
    return Problem(code, "again", is_uncertain=True)


def _until_midnight(at: datetime) -> timedelta:
    """Daily limits begin anew at midnight UTC; five minutes are added for clocks that differ."""
    seconds = at.hour * 3600 + at.minute * 60 + at.second
    return timedelta(seconds=86_400 - seconds + 300)


_OUTCOMES: Final[dict[str, Outcome]] = {
    "created": "on_its_way",
    "sending": "on_its_way",
    "pending": "on_its_way",
    "accepted": "on_its_way",
    "pending-virus-check": "on_its_way",
    "sent": "delivered",
    "delivered": "delivered",
    "received": "delivered",
    "temporary-failure": "again",
    "permanent-failure": "give_up",
    "cancelled": "give_up",
    "virus-scan-failed": "give_up",
    "validation-failed": "give_up",
}


def notify_outcome(status: str, channel: str) -> Outcome:
    """What a status of GOV.UK Notify means. An unknown one is taken as on its way.

    Source: GOV.UK Notify API documentation, status descriptions. After a technical failure an e-mail or text is sent
    again; a posted letter is not ("Do not try to send the letter again").
    """
    if status == "technical-failure":
        return "on_its_way" if channel == "post" else "again"
    return _OUTCOMES.get(status, "on_its_way")


def smtp_problem(status_code: int, stage: Literal["connect", "sign_in", "sender", "recipient", "data"]) -> Problem:
    """What a refusal of a mail server means. Source: RFC 5321, 4.2.1: 4yz is transient, 5yz is permanent.

    A refused sign-in or sender is our setting, not the recipient's address. While the message itself is handed over the
    answer may be lost.
    """
    code = f"smtp_{stage}_{status_code}"
    if stage in {"sign_in", "sender"}:
        return Problem(code, "hold", alerts=True, wait=HOLD)
    if stage != "connect" and 500 <= status_code < 600:
        return Problem(code, "give_up")
    return Problem(code, "again", is_uncertain=stage == "data" and status_code < 400)
