"""Reading letters, wordings and preferences."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from townhall.kernel.authority import selectors as authority
from townhall.kernel.identity.models import Person
from townhall.kernel.notify import rules
from townhall.kernel.notify.adapters import available, carried_by
from townhall.kernel.notify.models import UNSENT, Batch, ChangedWording, Letter, Preference, State
from townhall.kernel.notify.registries import LetterKind, letter_kinds


@dataclass(frozen=True)
class CurrentWording:
    """The wording in use for a kind of letter; version 0 is the one it came with."""

    kind: LetterKind
    wording: rules.Wording
    version: int


def wording(code: str) -> CurrentWording:
    """The wording in use. Raises KeyError for an unknown kind."""
    newest = ChangedWording.objects.filter(kind=code).order_by("-version").first()
    return _current(letter_kinds[code], newest)


def wordings() -> list[CurrentWording]:
    """Every kind of letter with the wording in use, by title, in one read."""
    newest = {row.kind: row for row in ChangedWording.objects.order_by("version")}
    found = [_current(kind, newest.get(kind.code)) for kind in letter_kinds]
    return sorted(found, key=lambda current: current.kind.title)


def title_of(code: str) -> str:
    """What officers call a kind of letter; its code where the module that sent it is gone."""
    kind = letter_kinds.get(code)
    return kind.title if kind else code


def versions(code: str) -> list[ChangedWording]:
    """The council's versions of a wording, newest first."""
    return list(ChangedWording.objects.filter(kind=code).select_related("by").order_by("-version"))


def _current(kind: LetterKind, row: ChangedWording | None) -> CurrentWording:
    if row is None or row.is_default:
        return CurrentWording(kind, kind.wording, row.version if row else 0)
    changed = replace(
        kind.wording, subject_en=row.subject_en, body_en=row.body_en, subject_cy=row.subject_cy, body_cy=row.body_cy
    )
    return CurrentWording(kind, changed, row.version)


def preference(person: Person | None) -> Preference | None:
    """How the person wishes to hear from us, or None where they have not said."""
    return Preference.objects.filter(person=person).first() if person is not None else None


def address_of(person: Person) -> rules.Address:
    """Where the person can be reached, as we know it."""
    lines = [line.strip() for line in person.address.replace(",", "\n").splitlines() if line.strip()]
    if person.postcode and (not lines or lines[-1] != person.postcode):
        lines.append(person.postcode)
    complete = bool(person.address and person.postcode)
    return rules.Address(
        name=person.name, email=person.email or "", phone=person.phone or "", lines=tuple(lines) if complete else ()
    )


def ways_to(person: Person) -> dict[str, str]:
    """By which channels a letter can reach the person from here, each with its address."""
    where = address_of(person)
    return {channel: where.to(channel) for channel in rules.ways_to_reach(where, "", available())}


def letters_of_case(case_id: UUID) -> "QuerySet[Letter]":
    """The letters of a case, newest first."""
    return Letter.objects.filter(case_id=case_id)


def letters_of_person(person: Person) -> "QuerySet[Letter]":
    """The letters to a person, newest first; secret ones left out."""
    return Letter.objects.filter(person=person, is_secret=False)


def counts_of_cases(case_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many letters went out, by case: for lists."""
    sent = Letter.objects.filter(case_id__in=list(case_ids), state__in=(State.SENT, State.DELIVERED))
    rows = sent.order_by().values_list("case_id").annotate(Count("id"))
    return {case_id: count for case_id, count in rows if case_id is not None}


def waiting_to_print() -> int:
    """How many posted letters wait for somebody to hand them over."""
    if carried_by("post") != "print":
        return 0
    return Letter.objects.filter(state__in=UNSENT, channel="post").count()


@dataclass(frozen=True)
class ToSeeTo:
    """How many letters wait for somebody: to be printed, to be sent again."""

    to_print: int
    failed: int


def to_see_to() -> ToSeeTo:
    """What the officers' navigation counts, in one statement."""
    to_print = Q(channel="post", state__in=UNSENT)
    failed = Q(state=State.FAILED, is_secret=False)
    counts = Letter.objects.filter(to_print | failed).aggregate(
        to_print=Count("id", filter=to_print), failed=Count("id", filter=failed)
    )
    return ToSeeTo(counts["to_print"] if carried_by("post") == "print" else 0, counts["failed"])


def failed() -> "QuerySet[Letter]":
    """Letters that reached nobody and wait for somebody to see to it, newest first; sign-in codes left out."""
    return Letter.objects.filter(state=State.FAILED, is_secret=False).order_by("-ended_at", "id")


def on_their_way() -> int:
    """How many letters wait to be sent."""
    return Letter.objects.filter(state__in=UNSENT).count()


def batches(limit: int = 50) -> list[Batch]:
    """The newest batches, each with how many letters it has as `count`."""
    return list(Batch.objects.select_related("by").annotate(count=Count("letter"))[:limit])


def sender_name(language: str = "en") -> str:
    """What letters are signed with: the council's name in their language."""
    ours = authority.ours()
    return (ours.name_cy if language == "cy" else "") or ours.name


def as_text(letter: Letter) -> str:
    """The letter's words as plain text, for pages and subject access."""
    return rules.as_text(letter.text)
