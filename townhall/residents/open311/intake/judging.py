"""What becomes of each request of a batch, when the database has said what it knows of them."""
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from townhall.kernel.identity import actions as identity
from townhall.kernel.identity.models import Person
from townhall.kernel.outbox import actions as outbox
from townhall.residents.open311 import rules
from townhall.residents.open311.actions.keys import must_be_admitted
from townhall.residents.open311.actions.receiving import Sending, Taken, must_be_answered, taken
from townhall.residents.open311.intake.items import HandOver, Item, Outcome
from townhall.residents.open311.intake.standing import Standing
from townhall.residents.open311.models import ApiKey, Scope
from townhall.residents.open311.selectors.services import must_be_taken

Same = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """The receipt of an earlier, same sending."""

    body: str
    answer: dict[str, Any]
    created_at: datetime


@dataclass(slots=True)
class Batch:
    """What is known of a batch, and what is to be written of it. `known` is by word, `people` by what was typed."""

    standing: Standing
    known: dict[str, Known] = field(default_factory=dict)
    people: dict[Same, Person] = field(default_factory=dict)
    rows: list[Taken] = field(default_factory=list)
    new_people: list[Person] = field(default_factory=list)

    def judge(self, item: Item) -> Outcome | Exception:
        """What is answered once all is written, or why it is not taken in."""
        try:
            return self._judged(item)
        except (rules.Refused, HandOver) as refused:
            return refused

    def _judged(self, item: Item) -> Outcome:
        key = self.standing.keys.get(item.digest)
        must_be_admitted(key, secret=item.secret, scope=Scope.WRITE)
        assert key is not None  # noqa: S101 - for the type checker: who has none is not admitted
        rules.must_be_ours(item.jurisdiction, ours=self.standing.names, bound_to=key.jurisdiction)
        if isinstance(item.sent, rules.Refused):
            raise item.sent
        sending = item.sending(key)
        word = sending.word(is_update=False)
        if known := self.known.get(word):
            sending.must_be_same(known.body)
            return Outcome(201 if known.created_at == item.at else 200, known.answer)
        made = self._taken(item, item.sent, sending)
        self.rows.append(made)
        self.known[word] = Known(item.body, made.receipt.answer, item.at)
        return Outcome(201, made.receipt.answer)

    def _taken(self, item: Item, sent: rules.Sent, sending: Sending) -> Taken:
        kind = must_be_taken(self.standing.categories.get(sent.service_code), sending.by, sent.service_code)
        must_be_answered(kind, sent)
        if needs_pages(sent, sending.by) or sent.where is None:
            raise HandOver
        person, is_new = self._reporter(sent, item)
        made = taken(
            sending=sending, sent=sent, category=kind, reporter=person, where=sent.where,
            standing=self.standing.reports, language=item.language,
        )  # fmt: skip
        if is_new and person:
            self.people[same(person)] = person
            self.new_people.append(person)
        return made

    def _reporter(self, sent: rules.Sent, item: Item) -> tuple[Person | None, bool]:
        """Whoever sent it, and whether they are to be written."""
        typed = typed_by(sent, item)
        if typed is None:
            return None, False
        known = self.people.get(same(typed)) if typed.email or typed.phone else None
        typed.created_at = item.at
        return known or typed, known is None

    def to_write(self) -> Sequence[Sequence[models.Model | dict[str, Any]]]:
        """Rows in the order of `statements.inserts`."""
        openings = [row.received.opening for row in self.rows]
        for opening in openings:
            opening.case.search = f"{opening.case.reference} {opening.words}"
        return (
            self.new_people,
            [opening.case for opening in openings],
            [entry for opening in openings for entry in opening.entries],
            [row.received.report for row in self.rows],
            [event for opening in openings for event in outbox.plain_rows(opening.facts)],
            [row.receipt for row in self.rows],
            [photo for row in self.rows for photo in row.remote_photos],
        )


def needs_pages(sent: rules.Sent, key: ApiKey | None) -> bool:
    """Whether it takes look-ups that only the pages' lane does: of an address, or of the council that stands for it."""
    return sent.where is None or bool(key and key.authority_gss)


def typed_by(sent: rules.Sent, item: Item) -> Person | None:
    """The record of whoever gave a way to reach them, not saved; None for a request without."""
    if not sent.email and not sent.phone:
        return None
    return identity.unproved(name=sent.name, email=sent.email, phone=sent.phone, language=item.language)


def same(person: Person) -> Same:
    """What makes two records the same."""
    return person.name.upper(), (person.email or "").lower(), person.phone or ""

