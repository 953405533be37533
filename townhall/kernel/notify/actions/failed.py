"""Letters that failed: sent again, sent by post instead, or left, several at once and with a way back."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from townhall.kernel.identity.actions import note_change
from townhall.kernel.identity.models import Person
from townhall.kernel.notify import rules, selectors
from townhall.kernel.notify.models import Letter, State

UNDO_SECONDS = 30
FIELDS = ("channel", "ways", "address", "attempts", "problem", "provider", "provider_id")
"""What changes on a letter that is sent again, and is put back."""

Kept = dict[str, Any]


def try_again(*, keys: Collection[UUID], by: Person, at: datetime) -> list[Kept]:
    """Send failed letters once more, to where the person can be reached now. What is needed to put them back.

    They wait for as long as undo is possible.
    """
    return _send(keys, by=by, at=at, what="letters tried again", by_post=False)


def send_by_post(*, keys: Collection[UUID], by: Person, at: datetime) -> list[Kept]:
    """Send failed letters on paper; those without a whole address stay as they are. What is needed to put them back."""
    return _send(keys, by=by, at=at, what="letters sent by post instead", by_post=True)


def leave(*, keys: Collection[UUID], by: Person, at: datetime) -> list[Kept]:
    """Say that failed letters need nothing more. What is needed to put them back."""
    with transaction.atomic():
        letters = _locked(keys)
        for letter in letters:
            letter.state = State.CANCELLED
            letter.save(update_fields=["state"])
        return _noted(letters, [_kept(letter) for letter in letters], by, "letters left unsent", at)


def put_back(*, kept: Sequence[Kept], by: Person, at: datetime) -> int:
    """Undo: letters that have not gone meanwhile have failed again, as before; how many."""
    done = 0
    with transaction.atomic():
        for each in kept:
            before = {name: each[name] for name in FIELDS}
            still = Letter.objects.filter(pk=each["key"], state__in=(State.HELD, State.CANCELLED))
            done += still.update(**before, state=State.FAILED, is_uncertain=False)
        note_change(by, "letters put back", {}, {"count": done}, at)
    return done


def _send(keys: Collection[UUID], *, by: Person, at: datetime, what: str, by_post: bool) -> list[Kept]:
    with transaction.atomic():
        sent: list[Letter] = []
        kept: list[Kept] = []
        for letter in _locked(keys):
            where = selectors.address_of(letter.person) if letter.person else letter.where
            channel = "post" if by_post else letter.channel
            if not where.has(channel):
                continue
            kept.append(_kept(letter))
            _start_afresh(letter, where, channel, at)
            sent.append(letter)
        return _noted(sent, kept, by, what, at)


def _start_afresh(letter: Letter, where: rules.Address, channel: str, at: datetime) -> None:
    letter.address, letter.channel, letter.ways, letter.attempts = asdict(where), channel, [], 0
    letter.state, letter.next_at, letter.is_uncertain = State.HELD, at + timedelta(seconds=UNDO_SECONDS), False
    letter.provider = letter.provider_id = ""
    letter.save(update_fields=[*FIELDS, "state", "next_at", "is_uncertain"])


def _locked(keys: Collection[UUID]) -> list[Letter]:
    """The letters that have failed, locked. Secret ones are left out: their words are gone, and their codes too."""
    failed = Letter.objects.filter(pk__in=keys, state=State.FAILED, is_secret=False).order_by("pk")
    return list(failed.select_for_update(of=("self",)).select_related("person"))


def _kept(letter: Letter) -> Kept:
    return {"key": str(letter.pk)} | {name: getattr(letter, name) for name in FIELDS}


def _noted(letters: Sequence[Letter], kept: list[Kept], by: Person, what: str, at: datetime) -> list[Kept]:
    if letters:
        note_change(by, what, {}, {"count": len(letters)}, at)
    return kept
