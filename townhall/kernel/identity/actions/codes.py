"""Codes: made, sent through the port, and taken once."""

import hmac
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F
from django.utils.crypto import salted_hmac

from townhall.kernel.identity import registries, rules
from townhall.kernel.identity.actions.changes import note_change
from townhall.kernel.identity.models import Code, Person
from townhall.kernel.modules.keys import ALPHABET

CODE_MINUTES = 10
POSTED_DAYS = 14
TRIES = 5
POSTED_SIGNS = 8


def send_code(
    *, purpose: str, contact: rules.Contact, browser: str, language: str, at: datetime, person: Person | None = None
) -> Code:
    """Send six digits to an address that anyone may have typed. Nothing here depends on whether we know the address.

    `browser` is the secret of the asking session: only there is the code good. Earlier codes of that session end.
    What the sender raises goes on to the caller.
    """
    Code.objects.filter(browser=_hash("browser", browser), used_at=None).update(used_at=at)
    digits = f"{secrets.randbelow(1_000_000):06d}"
    code = Code(
        purpose=purpose, channel=contact.channel, address=contact.address, person=person,
        browser=_hash("browser", browser), made_at=at, expires_at=at + timedelta(minutes=CODE_MINUTES),
    )  # fmt: skip
    code.code_hash = _hash(str(code.pk), digits)
    code.save(force_insert=True)
    _hand_over(contact.channel, contact.address, digits, language)
    return code


def take_code(*, code_id: UUID, purpose: str, browser: str, digits: str, at: datetime) -> Code | None:
    """The code, used up, where the digits are right; None where they are wrong, late, tried often or from elsewhere.

    A try is counted before it is judged, so that many at once cannot pass the limit.
    """
    waiting = Code.objects.filter(
        pk=code_id, purpose=purpose, browser=_hash("browser", browser), used_at=None, expires_at__gt=at, tries__lt=TRIES
    )
    if not waiting.update(tries=F("tries") + 1):
        return None
    code = Code.objects.get(pk=code_id)
    plain = "".join(sign for sign in digits if sign.isdecimal())
    if not hmac.compare_digest(code.code_hash, _hash(str(code.pk), plain)):
        return None
    return code if Code.objects.filter(pk=code.pk, used_at=None).update(used_at=at) else None


def posted_code(*, person: Person, by: Person, at: datetime) -> Code:
    """Post a longer code to the address we hold for a resident; good for two weeks, with the postcode.

    Raises ValueError for staff, and where there is no address. Earlier posted codes of the person end.
    """
    postcode = rules.tidy_postcode(person.postcode)
    if person.roles or not person.address or not postcode:
        raise ValueError("a code is posted to a resident whose address is known")
    Code.objects.filter(person=person, purpose=Code.Purpose.POST, used_at=None).update(used_at=at)
    signs = "".join(secrets.choice(ALPHABET) for _ in range(POSTED_SIGNS))
    code = Code(
        purpose=Code.Purpose.POST, channel="post", address=postcode, person=person, made_at=at,
        expires_at=at + timedelta(days=POSTED_DAYS),
    )  # fmt: skip
    code.code_hash = _hash(str(code.pk), signs)
    code.save(force_insert=True)
    note_change(by, f"posted code: {code.pk}", {}, {"person": str(person.pk)}, at)
    lines = "\n".join(line for line in (person.name, person.address, postcode) if line)
    _hand_over("post", lines, f"{signs[:4]}-{signs[4:]}", person.language)
    return code


def take_posted_code(*, postcode: str, typed: str, at: datetime) -> Person | None:
    """The person whose posted code this is, the code used up; None where it is wrong or late. Callers count tries."""
    signs = typed.upper().translate(str.maketrans("IOSZ", "1052", " -"))
    waiting = Code.objects.filter(
        purpose=Code.Purpose.POST, address=rules.tidy_postcode(postcode) or "-", used_at=None, expires_at__gt=at
    ).select_related("person")
    right = [code for code in waiting if hmac.compare_digest(code.code_hash, _hash(str(code.pk), signs))]
    if not right or not Code.objects.filter(pk=right[0].pk, used_at=None).update(used_at=at):
        return None
    return right[0].person


def forget_old_codes(at: datetime) -> int:
    """Remove codes that ended more than a day ago, with their addresses; how many."""
    return Code.objects.filter(expires_at__lt=at - timedelta(days=1)).delete()[0]


def _hand_over(channel: str, address: str, code: str, language: str) -> None:
    senders = list(registries.code_sender)
    if not senders:
        raise RuntimeError("no module sends codes")
    for sender in senders:
        sender(channel, address, code, language)


def _hash(salt: str, value: str) -> str:
    return salted_hmac(f"townhall.identity.code.{salt}", value, algorithm="sha256").hexdigest()
