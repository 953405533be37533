"""The first half of a batch, in one round trip: calls are counted, words locked, what is known is looked up."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection, AsyncCursor

from townhall.kernel.identity import actions as identity
from townhall.kernel.identity.models import Person
from townhall.residents.open311.actions.keys import SEEN_EVERY, WINDOW_SECONDS, limit_of, too_many
from townhall.residents.open311.actions.receiving import SAME_BODY
from townhall.residents.open311.intake import statements
from townhall.residents.open311.intake.items import Item
from townhall.residents.open311.intake.judging import Known, Same, same, typed_by
from townhall.residents.open311.intake.standing import Standing, edition_now
from townhall.residents.open311.models import ApiKey
from townhall.residents.open311.rules import Sent

Link = AsyncConnection[Any]
Cursor = AsyncCursor[Any]


@dataclass(frozen=True, slots=True)
class Callers:
    """Calls by what they are counted under, with how many there may be."""

    calls: dict[str, list[Item]] = field(default_factory=dict)
    limits: dict[str, int] = field(default_factory=dict)

    def add(self, item: Item, key: ApiKey | None) -> None:
        """Count this call, once."""
        if not item.is_counted:
            caller, limit = limit_of(key, item.address)
            tally = identity.tally_key(caller)
            self.calls.setdefault(tally, []).append(item)
            self.limits[tally] = limit

    def refuse(self, counts: Mapping[str, int]) -> None:
        """Refuse the calls that came too soon. `counts` include them all."""
        for tally, calls in self.calls.items():
            before = counts[tally] - len(calls)
            for number, item in enumerate(calls, start=1):
                item.is_counted = True
                if before + number > self.limits[tally]:
                    item.settle(too_many(self.limits[tally]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the database said. `free` are the words whose locks we have."""

    edition: str
    free: frozenset[str]
    known: Mapping[str, Known]
    people: Mapping[Same, Person]


async def look(link: Link, standing: Standing, batch: Sequence[Item], seen: dict[UUID, datetime]) -> Found:
    """Count the calls, refusing those too many, begin the batch's transaction, and look up what is known.

    `seen` has when this process last noted a key as used.
    """
    now = datetime.now(UTC)
    callers, words, typed = Callers(), _words(standing, batch), _typed(batch)
    for item in batch:
        callers.add(item, standing.keys.get(item.digest))
    async with link.pipeline() as line:
        counted = await _count(link, callers, now) if callers.calls else None
        await _note_seen(link, {item.sending(key).by.pk for item, key in words.values()}, seen, now)
        await line.sync()
        await link.execute("begin")
        locks = await _run(link, statements.LOCKS, {"words": list(words)})
        edition = await _run(link, edition_now(), {})
        known = await _run(link, statements.KNOWN, _of_words(words))
        people = await _run(link, identity.SAME, identity.same_as(typed)) if typed else None
        await line.sync()
        callers.refuse(dict(await counted.fetchall()) if counted else {})
        places = list(words)
        return Found(
            edition=(await edition.fetchall())[0][0],
            free=frozenset(places[place - 1] for place, is_ours in await locks.fetchall() if is_ours),
            known={places[row[0] - 1]: Known(*row[2:]) for row in await known.fetchall()},
            people=await _people(people, typed) if people else {},
        )


async def _run(link: Link, statement: str, parameters: Mapping[str, Any]) -> Cursor:
    return await link.execute(statement, parameters, prepare=True)  # pyright: ignore[reportArgumentType]


async def _count(link: Link, callers: Callers, now: datetime) -> Cursor:
    given = {
        "keys": list(callers.calls), "counts": [len(calls) for calls in callers.calls.values()], "at": now,
        "until": now + timedelta(seconds=WINDOW_SECONDS),
    }  # fmt: skip
    return await _run(link, identity.COUNT_MANY, given)


async def _note_seen(link: Link, keys: set[UUID], seen: dict[UUID, datetime], now: datetime) -> None:
    late = [key for key in keys if key not in seen or seen[key] < now - SEEN_EVERY]
    if late:
        await _run(link, statements.SEEN, {"at": now, "before": now - SEEN_EVERY, "ids": late})
        seen.update(dict.fromkeys(late, now))


def _words(standing: Standing, batch: Sequence[Item]) -> dict[str, tuple[Item, ApiKey]]:
    """The batch's sendings by word, one of each."""
    found: dict[str, tuple[Item, ApiKey]] = {}
    for item in batch:
        if key := standing.keys.get(item.digest):
            found.setdefault(item.sending(key).word(is_update=False), (item, key))
    return found


def _of_words(words: Mapping[str, tuple[Item, ApiKey]]) -> dict[str, list[Any]]:
    return {
        "api_keys": [key.pk for _item, key in words.values()],
        "keys": [item.word for item, _key in words.values()],
        "bodies": [item.body for item, _key in words.values()],
        "since": [item.at - SAME_BODY for item, _key in words.values()],
    }


def _typed(batch: Sequence[Item]) -> list[Person]:
    """Whom the requests name, where there is something to know them by."""
    typed = [typed_by(item.sent, item) for item in batch if isinstance(item.sent, Sent)]
    return [person for person in typed if person and (person.email or person.phone)]


async def _people(rows: Cursor, typed: Sequence[Person]) -> dict[Same, Person]:
    names = [column.name for column in rows.description or ()]
    found: dict[Same, Person] = {}
    for row in await rows.fetchall():
        fields = dict(zip(names, row, strict=True))
        found[same(typed[fields["place"] - 1])] = Person(id=fields["id"], name=fields["name"])
    return found
