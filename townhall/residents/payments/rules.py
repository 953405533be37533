"""How a payment stands, what a provider can say of one, and when it is asked again. Amounts are whole pence."""

from dataclasses import dataclass
from datetime import timedelta

LEAST_PENCE, MOST_PENCE = 1, 10_000_000
ASK_AGAIN = (20, 60, 300, 900, 3_600)
"""Seconds until a provider is asked again about a payment that hangs; the last for all later times."""
USUAL_MINUTES = 7 * 24 * 60

PENDING, PAID, DECLINED, CANCELLED, EXPIRED = "pending", "paid", "declined", "cancelled", "expired"
OUTCOMES = (PENDING, PAID, DECLINED, CANCELLED, EXPIRED)


@dataclass(frozen=True, slots=True)
class Said:
    """What a provider says of a payment when it is asked: the outcome, and what it has taken."""

    outcome: str
    amount_pence: int = 0


def again_after(times: int) -> timedelta:
    """How long until a provider is asked again that was asked so many times."""
    return timedelta(seconds=ASK_AGAIN[min(times, len(ASK_AGAIN) - 1)])


def judged(said: Said, wanted_pence: int) -> str:
    """What an answer means for us: the outcome, or `wrong_amount` where another sum was taken than we asked for."""
    if said.outcome not in OUTCOMES:
        return PENDING
    return "wrong_amount" if said.outcome == PAID and said.amount_pence != wanted_pence else said.outcome


def pounds(pence: int) -> str:
    """An amount as people read it: £37, or £37.50."""
    return f"£{pence // 100:,}" if pence % 100 == 0 else f"£{pence // 100:,}.{pence % 100:02}"


class NotPossible(ValueError):
    """What was asked of a payment cannot be done as it stands: the reason is a word of `refunding`."""
