"""Keys for other systems: made and shown once, changed, ended. Each change is kept in the list of changes."""
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from townhall.kernel.identity.actions import note_change, within_limit
from townhall.kernel.identity.models import Person
from townhall.residents.open311.models import ApiKey, Scope, digest_of
from townhall.residents.open311.rules import Fault, Refused, refuse

PER_MINUTE_WITHOUT_KEY = 120
WINDOW_SECONDS = 60
SEEN_EVERY = timedelta(minutes=1)


def make_key(
    *, name: str, scopes: Sequence[str], per_minute: int, by: Person | None, at: datetime, jurisdiction: str = "",
    authority_gss: str = "", secret: str = "",
) -> tuple[ApiKey, str]:  # fmt: skip
    """A new key and its secret, kept nowhere else. `secret` sets it, where two installations are made together."""
    secret = secret or secrets.token_urlsafe(32)
    key = ApiKey(
        name=name, start=secret[:6], digest=digest_of(secret), scopes=sorted(scopes), per_minute=per_minute,
        jurisdiction=jurisdiction, authority_gss=authority_gss, created_at=at,
    )  # fmt: skip
    with transaction.atomic():
        key.save(force_insert=True)
        note_change(by, f"Open311 key: {name}", {}, _plain(key), at)
    return key, secret


def change_key(
    *, key: ApiKey, scopes: Sequence[str], per_minute: int, by: Person, at: datetime, jurisdiction: str,
    authority_gss: str,
) -> None:  # fmt: skip
    """Let the key do more or less."""
    before = _plain(key)
    key.scopes, key.per_minute = sorted(scopes), per_minute
    key.jurisdiction, key.authority_gss = jurisdiction, authority_gss
    with transaction.atomic():
        key.save()
        note_change(by, f"Open311 key: {key.name}", before, _plain(key), at)


def end_key(*, key: ApiKey, by: Person, at: datetime) -> None:
    """Let the key do nothing any more, from the next call on. It is not removed: what it sent still names it."""
    with transaction.atomic():
        if ApiKey.objects.filter(pk=key.pk, ended_at=None).update(ended_at=at):
            note_change(by, f"Open311 key: {key.name}", {"ended": False}, {"ended": True}, at)


def _plain(key: ApiKey) -> dict[str, Any]:
    return {
        "scopes": list(key.scopes), "calls a minute": key.per_minute, "jurisdiction": key.jurisdiction,
        "authority": key.authority_gss,
    }  # fmt: skip


def admit(*, secret: str, scope: str, address: str, at: datetime) -> ApiKey | None:
    """The key of a call, counted against its limit; None for a call without one, which may only read.

    Raises Refused: 403 for a wrong key or one without the scope, 429 where the limit is reached. Wrong keys count
    against the caller's address.
    """
    key = ApiKey.objects.filter(digest=digest_of(secret), ended_at=None).first() if secret else None
    caller, limit = limit_of(key, address)
    if not within_limit(caller, limit, seconds=WINDOW_SECONDS, at=at):
        raise too_many(limit)
    must_be_admitted(key, secret=secret, scope=scope)
    if key is not None:
        seen = Q(last_used_at=None) | Q(last_used_at__lt=at - SEEN_EVERY)
        ApiKey.objects.filter(seen, pk=key.pk).update(last_used_at=at)
    return key


def limit_of(key: ApiKey | None, address: str) -> tuple[str, int]:
    """What a call is counted under, and how many such calls there may be in a minute."""
    return (f"open311:{key.pk}", key.per_minute) if key else (f"open311:{address}", PER_MINUTE_WITHOUT_KEY)


def too_many(limit: int) -> Refused:
    """The refusal of a call that comes too soon."""
    return Refused(Fault(429, f"more than {limit} calls in a minute"), retry_seconds=WINDOW_SECONDS)


def must_be_admitted(key: ApiKey | None, *, secret: str, scope: str) -> None:
    """Raise Refused for a wrong key, for none where one is needed, or for one without the scope."""
    if secret and key is None:
        raise refuse(403, "api_key is not valid")
    if key is None and scope != Scope.READ:
        raise refuse(403, "api_key was not provided")
    if key is not None and not key.may(scope):
        raise refuse(403, f"this api_key may not {scope}")
