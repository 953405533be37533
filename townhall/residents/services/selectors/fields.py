"""What a page of a form needs beside its fields: which are asked inside groups, and addresses to choose from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from townhall.kernel.catalogue.decisions.feel.scopes import Scope
from townhall.kernel.catalogue.decisions.limits import counting
from townhall.kernel.catalogue.forms.model import Form, Json, Page, Question
from townhall.kernel.catalogue.forms.visiting import Visit
from townhall.residents.services.rules import Field, Known, fields_of
from townhall.residents.services.rules.typed import items_shown
from townhall.residents.services.selectors.addresses import find_addresses


def asked_inside(
    form: Form, page: Page, answers: Mapping[str, Json], typed: Mapping[str, Sequence[str]], facts: Mapping[str, Any]
) -> frozenset[str]:
    """Where a question inside a group of a page is asked, as in `things.1.what`; empty items ask what any would."""
    visit = Visit(form, answers, facts)
    visit.pages()
    look = Inside(visit, typed)
    with counting(visit.run):
        groups = [each for each in page.questions if each.inside]
        found = [look.places(each, answers.get(each.name), each.name, visit.scope) for each in groups]
        return frozenset(place for places in found for place in places)


@dataclass(frozen=True, slots=True)
class Inside:
    """Looks through the items of groups."""

    visit: Visit
    typed: Mapping[str, Sequence[str]]

    def places(self, group: Question, kept: Json, at: str, scope: Scope) -> Iterator[str]:
        """Where its questions are asked."""
        items = kept if isinstance(kept, list) else []
        for number in range(max(items_shown(self.typed, at), len(items), 1)):
            item = items[number] if number < len(items) else {}
            held: dict[str, Json] = item if isinstance(item, dict) else {}
            inner = self.visit.inside(group, held, scope)
            for each in (one for one in group.inside if self.visit.is_asked(one, inner)):
                place = f"{at}.{number}.{each.name}"
                yield place
                if each.inside:
                    yield from self.places(each, held.get(each.name), place, inner)


def found_addresses(fields: Iterable[Field], typed: Mapping[str, Sequence[str]]) -> dict[str, list[Known]]:
    """For each address that was looked up: the properties found."""
    found: dict[str, list[Known]] = {}
    for each in fields_of(fields):
        text = (typed.get(f"_find.{each.at}") or [""])[-1]
        if each.kind == "address" and text:
            found[each.at] = find_addresses(text)
    return found
