"""What providers say of letters after they took them."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from townhall.kernel.notify import adapters, rules
from townhall.kernel.notify.actions.sending import give_up
from townhall.kernel.notify.adapters import Notify, NotSent
from townhall.kernel.notify.models import Letter, State
from townhall.kernel.notify.rules.outcomes import notify_outcome

MOST = 500
ASK_EVERY = timedelta(hours=6)
ASK_FOR = {"email": timedelta(days=5), "sms": timedelta(days=5), "post": timedelta(days=40)}


class TooSoon(RuntimeError):
    """The provider is quicker than we are: the letter is still being marked as sent. It should tell us again."""


def take_receipt(*, provider_id: str, reference: str, status: str, at: datetime) -> Letter | None:
    """Note how a sending ended. None where it is not one of ours, or has been overtaken by another sending.

    Raises TooSoon.
    """
    letter = Letter.objects.filter(provider="notify", provider_id=provider_id).first()
    if letter is None:
        if _is_being_sent(reference):
            raise TooSoon
        return None
    if letter.state == State.SENT:
        _noted(letter, status, at)
    return letter


def _is_being_sent(reference: str) -> bool:
    key, _, sends = reference.partition(".")
    try:
        return Letter.objects.filter(pk=UUID(key), state=State.SENDING, sends=int(sends) - 1).exists()
    except ValueError:
        return False


def _noted(letter: Letter, status: str, at: datetime) -> None:
    same = Letter.objects.filter(pk=letter.pk, state=State.SENT, provider_id=letter.provider_id)
    match notify_outcome(status, letter.channel):
        case "delivered":
            same.update(state=State.DELIVERED, ended_at=at)
        case "give_up":
            give_up(letter, f"notify_{status}", at)
        case "again":
            _send_again(letter, status, at)
        case _:
            same.update(next_at=at + ASK_EVERY)


def _send_again(letter: Letter, status: str, at: datetime) -> None:
    """A provider that tried for days and failed for now: send once more after a while, then another way."""
    wait = rules.wait_before(letter.attempts + 2)
    if wait is None or letter.sends >= 3:
        give_up(letter, f"notify_{status}", at)
        return
    Letter.objects.filter(pk=letter.pk, state=State.SENT).update(
        state=State.WAITING, next_at=at + wait, problem=f"notify_{status}", provider="", provider_id=""
    )


def take_return(*, provider_id: str, at: datetime) -> Letter | None:
    """Note that a posted letter came back."""
    letter = Letter.objects.filter(provider="notify", provider_id=provider_id).first()
    if letter is not None and letter.state in {State.SENT, State.DELIVERED}:
        Letter.objects.filter(pk=letter.pk).update(state=State.SENT)
        letter.state = State.SENT
        give_up(letter, "returned", at)
    return letter


def fetch_statuses(at: datetime) -> int:
    """Ask GOV.UK Notify about letters it has not told us about; how many were asked about.

    For e-mails and texts for 5 days (it tries for 72 hours), for post 40.
    """
    if not any(adapters.carried_by(channel) == "notify" for channel in rules.CHANNELS):
        return 0
    recent = Q()
    for channel, span in ASK_FOR.items():
        recent |= Q(channel=channel, sent_at__gt=at - span)
    waiting = Letter.objects.filter(recent, state=State.SENT, provider="notify", next_at__lte=at).order_by("next_at")
    asked = 0
    with adapters.carriers() as carriers:
        for letter in waiting[:MOST]:
            carrier = carriers.get(letter.channel)
            if not isinstance(carrier, Notify):
                continue
            try:
                _noted(letter, carrier.status(letter.provider_id), at)
            except NotSent as refusal:
                if not refusal.problem.code.startswith("notify_404"):
                    break
                Letter.objects.filter(pk=letter.pk, state=State.SENT).update(next_at=at + ASK_EVERY)
            asked += 1
    return asked
