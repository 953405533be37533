"""Finding cases and people by whatever is typed."""

from dataclasses import dataclass
from datetime import datetime

from townhall.council.casework.rules.filters import Filter
from townhall.council.casework.selectors.newest import newest_with
from townhall.council.casework.selectors.rows import Row, rows
from townhall.kernel.cases.models import Case
from townhall.kernel.identity import selectors as identity
from townhall.kernel.identity.models import Person
from townhall.kernel.identity.permissions import allows
from townhall.kernel.modules.keys import tidy_reference

MOST = 50


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: cases, newest first, and people where the officer may look them up."""

    cases: list[Row]
    people: list[Person]


def by_reference(text: str, person: Person) -> str:
    """The reference that is typed, where it is of a case that this person may see; else nothing."""
    reference = tidy_reference(text)
    is_there = reference and Case.objects.seen_by(person).filter(reference=reference).exists()
    return reference if is_there else ""


def search(text: str, person: Person, at: datetime) -> Found:
    """Cases whose text has all the words, and residents of that name, number or address."""
    keys = newest_with(text, Case.objects.seen_by(person), most=MOST, at=at)
    cases = Case.objects.select_related("team", "assignee").defer("search").filter(pk__in=keys)
    people = identity.search_people(text, 10) if allows(person, "identity.see_person") else []
    return Found(rows(cases.order_by("-opened_at", "id"), Filter(sort="newest"), person, at), people)
