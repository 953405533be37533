"""Writing letters, taking them back, and how people wish to get them."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from townhall.kernel.identity.models import Person
from townhall.kernel.notify import adapters, rules, selectors
from townhall.kernel.notify.models import UNSENT, Letter, Preference, State


def write(
    *,
    kind: str,
    key: str,
    values: Mapping[str, Any],
    at: datetime,
    person: Person | None = None,
    address: rules.Address | None = None,
    case_id: UUID | None = None,
    number: int | None = None,
    language: str | None = None,
    hold_seconds: int = 0,
    by_day: bool = False,
    is_secret: bool = False,
    channel: str = "",
    wording: rules.Wording | None = None,
) -> Letter | None:
    """Write a letter; it goes with the next round, or after `hold_seconds`. None where nobody can be reached.

    `by_day` is for what nobody waits for, such as a reminder: a text then goes between 8am and 9pm.
    With a `key` that was used before nothing is written and the first letter comes back. `address` is for whoever has
    no account, or overrides the person's. `number` is the timeline entry it tells of, for `cancel_waiting`. `values`
    are dates and the like in words already; one named `link` or ending in `_link` is a path on our site. Where the
    letter is not in `language` it goes in English. `channel` is the only one to use, where somebody chose it for this
    letter. `wording` are the words of a kind that is not registered, as those of a published service. Raises
    MissingValues, KeyError for an unknown kind, ValueError for a link elsewhere.
    """
    preference = selectors.preference(person)
    where = address or (selectors.address_of(person) if person else rules.Address())
    usable = adapters.available() & {channel} if channel else adapters.available()
    ways = rules.ways_to_reach(where, preference.channel if preference else "", usable)
    if not ways:
        return None
    words, version = (wording, 0) if wording else _in_use(kind)
    asked = language or (person.language if person else "en")
    spoken = asked if words.has(asked) else "en"
    subject, body = words.parts(spoken)
    due = at + timedelta(seconds=hold_seconds)
    letter = Letter(
        key=key, kind=kind, wording_version=version, person=person, case_id=case_id, number=number,
        language=spoken, large_print=bool(preference and preference.large_print), channel=ways[0], ways=ways[1:],
        address=asdict(where), subject=rules.fill_line(subject, values), is_secret=is_secret,
        blocks=rules.to_json(rules.fill(body, values, base_url=settings.TOWNHALL_URL)),
        state=State.HELD if hold_seconds else State.WAITING, created_at=at,
        next_at=rules.by_day(due) if by_day and ways[0] == "sms" else due,
    )  # fmt: skip
    Letter.objects.bulk_create([letter], ignore_conflicts=True)
    return Letter.objects.get(key=key)


def _in_use(kind: str) -> tuple[rules.Wording, int]:
    """The wording of a registered kind, with its version. Raises KeyError."""
    current = selectors.wording(kind)
    return current.wording, current.version


def cancel_waiting(case_id: UUID, since_number: int | None = None) -> int:
    """Take back the letters of a case that have not gone.

    How many. `since_number`: only those about that entry or later.
    """
    unsent = Letter.objects.filter(case_id=case_id, state__in=UNSENT)
    if since_number is not None:
        unsent = unsent.filter(number__gte=since_number)
    return unsent.update(state=State.CANCELLED, ended_at=timezone.now())


def set_preference(*, person: Person, channel: str, large_print: bool, at: datetime) -> Preference:
    """Keep how the person wishes to hear from us.

    `email`, `sms`, `post`, or empty for whichever works. Raises ValueError.
    """
    if channel and channel not in rules.CHANNELS:
        raise ValueError(f"'{channel}' is not a channel")
    return Preference.objects.update_or_create(
        person=person, defaults={"channel": channel, "large_print": large_print, "changed_at": at}
    )[0]
