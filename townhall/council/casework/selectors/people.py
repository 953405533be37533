"""Everything a resident has with the council, for one officer."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from townhall.council.casework.models import Contact
from townhall.council.casework.rules.filters import Filter
from townhall.council.casework.selectors.rows import Row, rows
from townhall.kernel.cases.models import Case
from townhall.kernel.identity.models import Person
from townhall.kernel.notify import selectors as notify

if TYPE_CHECKING:
    from townhall.kernel.notify.models import Letter, Preference

MOST = 50


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A resident's cases, contacts, letters and preferences, as far as the officer may see them."""

    person: Person
    cases: list[Row]
    contacts: list[Contact]
    letters: "list[tuple[Letter, str]]"
    preference: "Preference | None"


def person_page(person: Person, officer: Person, at: datetime) -> PersonPage:
    """The page of a resident; what belongs to cases that the officer may not see is left out."""
    seen = Case.objects.seen_by(officer)
    cases = (
        seen.filter(reporter=person).select_related("team", "assignee").defer("search").order_by("-opened_at")[:MOST]
    )
    theirs = Q(case__isnull=True) | Q(case__in=seen)
    letters = notify.letters_of_person(person).filter(theirs)[:MOST]
    contacts = Contact.objects.filter(theirs, person=person).select_related("by", "case")[:MOST]
    return PersonPage(
        person=person, cases=rows(cases, Filter(sort="newest"), officer, at), contacts=list(contacts),
        letters=[(each, notify.as_text(each)) for each in letters], preference=notify.preference(person),
    )  # fmt: skip
