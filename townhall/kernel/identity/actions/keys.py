"""A colleague's own keys to the API: made and shown once, ended; each is kept in the list of changes."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from townhall.kernel.identity.actions.changes import note_change
from townhall.kernel.identity.models import Person, PersonKey

KEEPS = timedelta(days=365)
SEEN_EVERY = timedelta(minutes=1)
START = "th_"
"""Every key begins so, that searches for lost secrets can find one."""


def make_key(*, person: Person, name: str, scopes: Sequence[str], at: datetime) -> tuple[PersonKey, str]:
    """A new key of a colleague, good for a year, and its secret, which is kept nowhere else."""
    secret = START + secrets.token_urlsafe(32)
    key = PersonKey(
        person=person, name=name, start=secret[:9], digest=_digest(secret), scopes=sorted(scopes), created_at=at,
        expires_at=at + KEEPS,
    )  # fmt: skip
    with transaction.atomic():
        key.save(force_insert=True)
        note_change(person, f"API key: {name}", {}, {"may": list(key.scopes)}, at)
    return key, secret


def end_key(*, key: PersonKey, by: Person, at: datetime) -> None:
    """Let the key do nothing any more."""
    with transaction.atomic():
        if PersonKey.objects.filter(pk=key.pk, ended_at=None).update(ended_at=at):
            note_change(by, f"API key: {key.name}", {"ended": False}, {"ended": True}, at)


def key_of(secret: str, at: datetime) -> PersonKey | None:
    """The key with this secret, in use and of somebody who still works here; None for any other."""
    key = (
        PersonKey.objects.select_related("person")
        .filter(digest=_digest(secret), ended_at=None, expires_at__gt=at, person__is_active=True).first()
    )  # fmt: skip
    if key is None or not key.person.roles:
        return None
    seen = Q(last_used_at=None) | Q(last_used_at__lt=at - SEEN_EVERY)
    PersonKey.objects.filter(seen, pk=key.pk).update(last_used_at=at)
    return key


def _digest(secret: str) -> str:
    """Keys are 256 random bits, so a plain hash is as good as a slow one."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
