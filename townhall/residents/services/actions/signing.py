"""A second person signs an application, or refuses, by a mailed link; whoever applied, or an officer of the case,
corrects, repeats or withdraws.

It is asked for once the application is sent: what is signed can no longer change. What comes of it is told to the
process in the transaction that keeps it, under the lock of the case.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from townhall.kernel.cases.actions.timeline import append, locked
from townhall.kernel.cases.models import Case
from townhall.kernel.cases.registries import Told
from townhall.kernel.catalogue.packages.model import Signature
from townhall.kernel.catalogue.words import Text
from townhall.kernel.identity.actions import within_limit
from townhall.kernel.identity.models import Person
from townhall.kernel.notify import actions as notify
from townhall.kernel.notify.rules import Address
from townhall.residents.services import rules
from townhall.residents.services.actions.filling import owner_of
from townhall.residents.services.actions.running import tell
from townhall.residents.services.actions.saving import CannotMail, TooManyLinks
from townhall.residents.services.models import Application, Signing
from townhall.residents.services.selectors import day_of, package

MOST_LETTERS = 6
"""Letters about one signature, the reminder with them, but not those of an officer to an address that is new."""
TO_ONE_ADDRESS = 5
"""Letters of this kind that go to one address in a day, whoever asks."""
SAID = {
    "again": Text("A second person was written to again", "Ysgrifennwyd eto at ail berson"),
    "corrected": Text(
        "A second person was written to again, with a corrected name or address",
        "Ysgrifennwyd eto at ail berson, gydag enw neu gyfeiriad wedi'i gywiro",
    ),
    "signed": Text("A second person has signed", "Mae ail berson wedi llofnodi"),
    "refused": Text("A second person does not sign", "Nid yw ail berson yn llofnodi"),
    "lapsed": Text("Nobody has signed in time", "Nid oes neb wedi llofnodi mewn pryd"),
    "withdrawn": Text("The signature is not asked for any more", "Ni ofynnir am y llofnod mwyach"),
}


class TooLate(RuntimeError):
    """A request to sign that was answered, withdrawn or closed meanwhile."""


def ask_signatures(*, application_id: UUID, at: datetime) -> int:
    """Ask everybody whom a sent application names; how many were not asked before."""
    with transaction.atomic():
        locked(application_id)
        row = Application.objects.select_related("version").get(pk=application_id)
        wanted = package(row.version).service.signatures
        known = set(Signing.objects.filter(application=row).values_list("question", flat=True))
        fresh = [each for each in wanted if each not in known and isinstance(row.answers.get(each), dict)]
        for question in fresh:
            _ask(row, question, wanted[question], at)
    return len(fresh)


def _ask(row: Application, question: str, about: Signature, at: datetime) -> None:
    answer, secret = row.answers[question], secrets.token_urlsafe(24)
    signing = Signing.objects.create(
        application=row, question=question, name=answer["name"], email=answer["email"].lower(), asked_at=at,
        secret_hash=owner_of(secret), until=at + timedelta(days=about.days),
    )  # fmt: skip
    _write(signing, secret, at, "signature_asked")


def ask_again(*, signing_id: UUID, name: str, email: str, at: datetime, by: Person | None = None) -> Signing:
    """Write once more, to a corrected name or address too, which keeps what they were; the link that went before is
    dead. `by` is the officer.

    Raises TooLate, TooManyLinks, CannotMail.
    """
    with _open(signing_id) as held:
        signing, secret, row = held.signing, secrets.token_urlsafe(24), held.signing.application
        before, after = {"name": signing.name, "email": signing.email}, {"name": name, "email": email.strip().lower()}
        is_moved_by_officer = by is not None and before["email"] != after["email"]
        if signing.letters_counted >= MOST_LETTERS and not is_moved_by_officer:
            raise TooManyLinks
        if before != after:
            who = str(by.pk) if by else ""
            signing.corrections.append({"at": at.isoformat(), "by": who, "before": before, "after": after})
        signing.name, signing.email, signing.secret_hash = name, after["email"], owner_of(secret)
        signing.save(update_fields=["name", "email", "secret_hash", "corrections"])
        row.answers[signing.question] = after
        row.save(update_fields=["answers"])
        if not _write(signing, secret, at, "signature_asked"):
            raise CannotMail
        _tell(held.case, "again" if before == after else "corrected", at, by)
    return signing


def withdraw_signature(*, signing_id: UUID, at: datetime, by: Person | None = None) -> Signing:
    """Ask for a signature no more. The process hears that it has lapsed. `by` is the officer. Raises TooLate."""
    with _open(signing_id) as held:
        return _settle(held, Signing.State.WITHDRAWN, at, by=by)


def sign(*, signing_id: UUID, secret: str, at: datetime) -> Signing:
    """Sign. The answers have the moment of it from then on. Raises TooLate."""
    with _open(signing_id, secret, at) as held:
        row, question = held.signing.application, held.signing.question
        row.answers[question] = row.answers[question] | {"signed_at": timezone.localtime(at).isoformat()}
        row.save(update_fields=["answers"])
        return _settle(held, Signing.State.SIGNED, at)


def refuse_to_sign(*, signing_id: UUID, secret: str, reason: str, at: datetime) -> Signing:
    """Say no, and why. Raises TooLate."""
    with _open(signing_id, secret, at) as held:
        return _settle(held, Signing.State.REFUSED, at, reason)


def lapse_signatures(at: datetime, most: int = 200) -> int:
    """End the requests whose time is over; how many."""
    due = list(Signing.objects.open().filter(until__lte=at).values_list("pk", flat=True)[:most])
    return sum(_lapse(key, at) for key in due)


def _lapse(key: UUID, at: datetime) -> bool:
    try:
        with _open(key) as held:
            _settle(held, Signing.State.LAPSED, at)
    except TooLate:
        Signing.objects.open().filter(pk=key).update(state=Signing.State.LAPSED, answered_at=at)
        return False
    return True


def remind_signers(at: datetime, most: int = 200) -> int:
    """Write once more, with a link of its own, where half of the time has gone; how many."""
    waiting = Signing.objects.open().filter(reminded_at=None, until__gt=at)
    due = [
        each.pk for each in waiting.order_by("until")[:most] if at >= each.asked_at + (each.until - each.asked_at) / 2
    ]
    return sum(_remind(key, at) for key in due)


def _remind(key: UUID, at: datetime) -> bool:
    """Whether the letter goes; where it does not, the link that is out there stays good."""
    try:
        with _open(key) as held:
            if held.signing.reminded_at is not None or held.signing.letters_counted >= MOST_LETTERS:
                return False
            secret = secrets.token_urlsafe(24)
            held.signing.reminded_at, held.signing.secret_hash = at, owner_of(secret)
            held.signing.save(update_fields=["reminded_at", "secret_hash"])
            if not _write(held.signing, secret, at, "signature_reminder"):
                raise CannotMail
    except (TooLate, CannotMail):
        return False
    return True


@dataclass(frozen=True, slots=True)
class Held:
    """A request to sign that is open, with its case, both locked."""

    signing: Signing
    case: Case


@contextmanager
def _open(signing_id: UUID, secret: str = "", at: datetime | None = None) -> Iterator[Held]:
    """The request, if it is open and its case too; the case is locked first. With a secret it must be the one that is
    good now, and with a moment it must be in time. Raises TooLate.
    """
    with transaction.atomic():
        application_id = Signing.objects.values_list("application_id", flat=True).get(pk=signing_id)
        case = locked(application_id)
        rows = Signing.objects.select_for_update(of=("self",)).select_related("application__version")
        signing = rows.get(pk=signing_id)
        is_other = bool(secret) and signing.secret_hash != owner_of(secret)
        is_over = at is not None and signing.until <= at
        if signing.state != Signing.State.ASKED or not case.is_open or is_other or is_over:
            raise TooLate
        yield Held(signing, case)


def _tell(case: Case, what: str, at: datetime, by: Person | None) -> None:
    """Write to the timeline what happened, without saying who signs."""
    append(case, "step", at=at, by=by, text=SAID[what].en, text_cy=SAID[what].cy, data={"did": "signature"})


def _settle(held: Held, state: str, at: datetime, reason: str = "", by: Person | None = None) -> Signing:
    """Keep what came of it, tell the timeline and the process."""
    signing, row = held.signing, held.signing.application
    signing.state, signing.answered_at, signing.reason = state, at, reason
    signing.save(update_fields=["state", "answered_at", "reason"])
    _tell(held.case, state, at, by)
    outcome = "lapsed" if state == Signing.State.WITHDRAWN else state
    about = package(row.version).service.signatures.get(signing.question)
    if about is not None:
        tell(held.case, Told("message", about.hears[outcome], {"why": reason or state}), at=at)
    return signing


def _write(signing: Signing, secret: str, at: datetime, kind: str) -> bool:
    """Write the letter with the link, unless that address has had enough of them today; False where none goes."""
    if not within_limit(f"services.signing.to:{signing.email}", TO_ONE_ADDRESS, seconds=86_400, at=at):
        return False
    row = signing.application
    with translation.override(row.language):
        values = {
            "name": signing.name, "service": row.version.title(row.language), "until": day_of(signing.until),
            "applicant": _applicant(row, signing.question), "link": reverse("services:sign", args=[secret]),
        }  # fmt: skip
        letter = notify.write(
            kind=kind, key=f"signature:{signing.pk}:{signing.letters}", values=values, at=at,
            address=Address(email=signing.email), language=row.language, is_secret=True,
        )  # fmt: skip
    if letter is None:
        return False
    signing.letters += 1
    signing.save(update_fields=["letters"])
    return True


def _applicant(row: Application, question: str) -> str:
    """Who applies, where the package lets the second person see that; empty where it does not."""
    about = package(row.version).service
    named = about.applicant.get("name", "")
    is_shown = question in about.signatures and named in about.signatures[question].shows
    return rules.contact_of(about.applicant, row.answers).name if is_shown else ""
