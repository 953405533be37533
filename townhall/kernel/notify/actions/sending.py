"""Sending what is due. A letter is marked before it is handed over, so that a crash cannot send it twice unseen."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, close_old_connections, transaction
from django.db.models import F

from townhall.kernel.authority import selectors as authority
from townhall.kernel.notify import adapters, rules, selectors
from townhall.kernel.notify.adapters import Adapter, NotSent
from townhall.kernel.notify.events import LetterFailed, LetterSent
from townhall.kernel.notify.message import Message
from townhall.kernel.notify.models import UNSENT, Letter, State
from townhall.kernel.notify.rules.outcomes import HOLD, Problem
from townhall.kernel.outbox import actions as outbox

log = logging.getLogger(__name__)

CLAIM = 20
MOST = 2_000
STUCK = timedelta(minutes=15)
PATIENCE = 300
"""Seconds to wait for the database with the news that a letter has gone; much shorter than STUCK."""
ASK_AFTER = timedelta(hours=1)


def send_due(at: datetime) -> int:
    """Send the letters whose time has come, at most MOST; how many were tried. Several workers may do this at once."""
    recover_stuck(at)
    tried = 0
    with adapters.carriers() as carriers:
        while tried < MOST and (letters := _claim(at, list(carriers))):
            for letter in letters:
                _try(letter, carriers[letter.channel], at)
            tried += len(letters)
    return tried


def recover_stuck(at: datetime) -> int:
    """Free the letters whose worker died between the marking and the answer.

    The provider is asked before they go again.
    """
    stuck = Letter.objects.filter(state=State.SENDING, batch__isnull=True, claimed_at__lt=at - STUCK)
    return stuck.update(state=State.WAITING, next_at=at, is_uncertain=True)


def _claim(at: datetime, channels: list[str]) -> list[Letter]:
    due = Letter.objects.filter(state__in=UNSENT, next_at__lte=at, channel__in=channels).order_by("next_at")
    with transaction.atomic():
        letters = list(due.select_for_update(skip_locked=True)[:CLAIM])
        Letter.objects.filter(pk__in=[letter.pk for letter in letters]).update(
            state=State.SENDING, claimed_at=at, attempts=F("attempts") + 1
        )
    for letter in letters:
        letter.claimed_at, letter.attempts = at, letter.attempts + 1
    return letters


def _try(letter: Letter, carrier: Adapter, at: datetime) -> None:
    try:
        found = carrier.look_up(letter.reference) if letter.is_uncertain else None
        provider_id = found or carrier.send(message_of(letter, at))
    except NotSent as refusal:
        problem = refusal.problem
        _insist(lambda: not_taken(letter, problem, at))
    except Exception as error:  # one letter that we cannot even prepare must not stop the others
        log.exception("a letter could not be prepared")
        fault = Problem(f"fault_{type(error).__name__}", "again", alerts=True)
        _insist(lambda: not_taken(letter, fault, at))
    else:
        _insist(lambda: taken(letter, carrier.name, provider_id, at))


def _insist(note: Callable[[], None]) -> None:
    """Note how a sending ended, also where the database is away just then: what is not noted would be sent again.

    Raises OperationalError after PATIENCE seconds.
    """
    for _second in range(PATIENCE):
        try:
            note()
        except (OperationalError, InterfaceError):
            log.warning("the database is away; what was sent is noted when it comes back")
            close_old_connections()
            time.sleep(1)
        else:
            return
    note()


def message_of(letter: Letter, at: datetime) -> Message:
    """The letter as its channel's adapter wants it."""
    return Message(
        reference=letter.reference, channel=letter.channel, to=letter.where.to(letter.channel),
        sender=selectors.sender_name(letter.language), subject=letter.subject, blocks=letter.text,
        language=letter.language, at=at, is_large_print=letter.large_print, reply_to=authority.ours().email,
        address=letter.where,
    )  # fmt: skip


def taken(letter: Letter, provider: str, provider_id: str, at: datetime) -> None:
    """Note that a provider has the letter.

    Nothing happens if somebody else has noted something since it was claimed.
    """
    changes = {
        "state": State.SENT, "sent_at": at, "provider": provider, "provider_id": provider_id, "problem": "",
        "is_uncertain": False, "sends": letter.sends + 1, "next_at": at + ASK_AFTER,
    }  # fmt: skip
    if letter.is_secret and provider != "mailbox":
        changes["blocks"] = rules.to_json([])
    with transaction.atomic():
        if _still_ours(letter).update(**changes):
            outbox.publish(
                LetterSent(
                    at=at, case_id=letter.case_id, letter_id=letter.pk, letter_kind=letter.kind, channel=letter.channel
                )
            )


def _still_ours(letter: Letter):
    return Letter.objects.filter(pk=letter.pk, state=State.SENDING, claimed_at=letter.claimed_at)


def not_taken(letter: Letter, problem: Problem, at: datetime) -> None:
    """Note why a letter did not go, and what comes next: another try, another channel, or the end."""
    if problem.alerts:
        log.error("letters need attention: %s", problem.code)
    wait = rules.wait_before(letter.attempts)
    if problem.verdict == "hold":
        _again(letter, problem, at + (problem.wait or HOLD), attempts=letter.attempts - 1)
    elif problem.verdict == "again" and wait is not None:
        _again(letter, problem, at + (problem.wait or wait), attempts=letter.attempts)
    else:
        give_up(letter, problem.code, at)


def _again(letter: Letter, problem: Problem, when: datetime, *, attempts: int) -> None:
    _still_ours(letter).update(
        state=State.WAITING, next_at=when, attempts=attempts, problem=problem.code,
        is_uncertain=letter.is_uncertain or problem.is_uncertain,
    )  # fmt: skip


def give_up(letter: Letter, code: str, at: datetime) -> None:
    """Send the letter by the person's next channel; where none is left, it has failed. `letter` is as it was read."""
    same = Letter.objects.filter(pk=letter.pk, state=letter.state if letter.state == State.SENT else State.SENDING)
    if letter.ways:
        same.update(
            state=State.WAITING, channel=letter.ways[0], ways=letter.ways[1:], attempts=0, next_at=at, problem=code,
            is_uncertain=False, provider="", provider_id="",
        )  # fmt: skip
        return
    with transaction.atomic():
        if same.update(state=State.FAILED, ended_at=at, problem=code):
            outbox.publish(
                LetterFailed(
                    at=at, case_id=letter.case_id, letter_id=letter.pk, letter_kind=letter.kind, channel=letter.channel,
                    reason=code,
                )
            )  # fmt: skip
