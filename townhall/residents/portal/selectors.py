"""What the front page, the search and the account show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import F
from django.urls import NoReverseMatch, reverse

from townhall.kernel.authority import selectors as authority
from townhall.kernel.authority.rules import Authority
from townhall.kernel.cases.models import Case
from townhall.kernel.geo import selectors as geo
from townhall.kernel.geo.rules import Point
from townhall.kernel.identity.models import Person
from townhall.kernel.measures import selectors as measures
from townhall.kernel.measures.rules import Figure
from townhall.kernel.modules.keys import tidy_reference
from townhall.kernel.notify import selectors as letters
from townhall.residents.portal.registries import Service, services
from townhall.residents.reports import rules
from townhall.residents.reports import selectors as reports
from townhall.residents.services import selectors as online

if TYPE_CHECKING:
    from townhall.kernel.notify.models import Letter
    from townhall.residents.reports.models import Category

OFFERED = 7
MOST_CATEGORIES = 5
MOST_SERVICES = 5
USUAL = ("missed_bin", "pothole", "fly_tipping", "street_light", "litter_bin", "dog_fouling", "overgrown_grass")
"""What is offered before anything has been counted."""
PROMISED = "fly_tipping"


@dataclass(frozen=True, slots=True)
class Link:
    """A title with a line under it, and where it leads."""

    title: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Which council deals with something: the category it seems to be, and who has it."""

    category: "Category"
    council: Authority
    is_ours: bool


@dataclass(frozen=True, slots=True)
class Doing:
    """How the council is doing: the share of promises kept last month; days for one category beside its promise."""

    on_time: Figure
    days: Figure
    category: "Category | None"


def most_asked(categories: "Sequence[Category]", today: date) -> list[Link]:
    """What has been reported most in three months, as links; the usual things before anything is counted."""
    counted = measures.by_breakdown("received", "category", measures.last_days(today, 90))
    known = {row.code: row for row in categories}
    busy = sorted((code for code in counted if code in known), key=lambda code: -(counted[code].value or 0))
    codes = [*busy, *(code for code in USUAL if code in known and code not in busy)][:OFFERED]
    language = reports.language()
    return [
        Link(known[code].title(language), _next_line(known[code]), f"{reverse('reports:start')}?category={code}")
        for code in codes
    ]


def _next_line(category: "Category") -> str:
    return (category.next_step_cy if reports.language() == "cy" else "") or category.next_step


def which_council(text: str, categories: "Sequence[Category]") -> Answer | None:
    """Who deals with what was typed; None where nothing fits."""
    found = reports.suggested(text, categories, most=1)
    if not found:
        return None
    council = authority.by_code(found[0].owner_gss) if found[0].owner_gss else authority.ours()
    return Answer(found[0], council or authority.ours(), not found[0].owner_gss)


def place_near(text: str) -> tuple[Point, str]:
    """The place that was asked for, or the middle of the town; with its name in the reader's language."""
    found = geo.search(text, 1) if text else []
    if found:
        return found[0].point, found[0].label
    middle = geo.extent().middle
    described = geo.describe(middle)
    return middle, described.street or described.place


def doing(today: date) -> Doing:
    """The figures of the last thirty days."""
    lately = measures.last_days(today, 30)
    days = measures.figure("days_to_fix", measures.last_days(today, 30, category=PROMISED))
    return Doing(measures.figure("on_time", lately), days, reports.category(PROMISED))


@dataclass(frozen=True, slots=True)
class Found:
    """What a search on the front page finds."""

    categories: "list[Category]"
    services: list[Link]
    reports: list[reports.Row]


def search(text: str, at: datetime, *, with_reports: bool = True) -> Found:
    """Things to report, services and public reports that fit the words; a reference finds its report."""
    every = reports.active_categories()
    words = rules.words_of(text)
    matching = [entry for entry in services if _fits(entry, words)]
    rows: list[reports.Row] = []
    if with_reports and text:
        filters = rules.read_filters({"q": text, "days": "0"})
        cases = reports.public_reports(filters, at).select_related("report", "team")[:5]
        rows = reports.rows_of(list(cases), {row.code: row for row in every}, at)
    applying = [Link(one.title, one.text, reverse("services:start", args=[one.slug])) for one in _online(text)]
    return Found(_categories(text, every), applying + [link for entry in matching if (link := _link(entry))], rows)


def _online(text: str) -> "list[online.Entry]":
    """The services that can be applied for and fit the words."""
    return online.search(text, MOST_SERVICES) if text.strip() else []


def _categories(text: str, every: "Sequence[Category]") -> "list[Category]":
    """What the words are likely about, then what has every one of the words, or their beginnings, in its name."""
    found, words = reports.suggested(text, every, most=MOST_CATEGORIES), rules.words_of(text)
    named = [row for row in every if row not in found and words and _names(row, words)]
    return [*found, *named][:MOST_CATEGORIES]


def _names(row: "Category", words: Sequence[str]) -> bool:
    known = rules.words_of(" ".join((row.name, row.name_cy, *row.keywords)))
    return all(any(one == word or (len(word) > 2 and one.startswith(word)) for one in known) for word in words)


def _fits(entry: Service, words: Sequence[str]) -> bool:
    known = [rules.words_of(phrase) for phrase in (str(entry.title), *entry.keywords)]
    return any(phrase and all(word in words for word in phrase) for phrase in known)


def _link(entry: Service) -> Link | None:
    try:
        return Link(str(entry.title), str(entry.text), reverse(entry.url_name))
    except NoReverseMatch:
        return None


def is_reference(text: str) -> bool:
    """Whether what was typed can be a report's reference."""
    return bool(tidy_reference(text))


@dataclass(frozen=True, slots=True)
class Matter:
    """One of a person's cases as the account lists it. `needs_you` where we wait for them."""

    case: Case
    row: reports.Row
    promise: reports.Promise
    needs_you: bool
    url: str


def matters(person: Person, at: datetime, *, start: int = 0, most: int = 8) -> list[Matter]:
    """The person's reports: open ones first, newest first within each."""
    cases = Case.objects.filter(reporter=person, report__isnull=False).select_related("report", "team")
    ordered = cases.order_by(F("closed_at").desc(nulls_first=True), "-opened_at")
    categories = reports.by_code()
    return [_matter(case, categories.get(case.category), at) for case in ordered[start : start + most]]


def _matter(case: Case, category: "Category | None", at: datetime) -> Matter:
    row = reports.row_of(case, category, at)
    return Matter(case, row, reports.promise(case, category, at), case.status == "waiting" and case.is_open, row.url)


def count_matters(person: Person) -> int:
    """How many cases the person has had with us."""
    return Case.objects.filter(reporter=person, report__isnull=False).count()


def followed(person: Person, at: datetime) -> list[reports.Row]:
    """Public reports that the person follows and did not report; newest first."""
    cases = reports.public_cases().filter(report__followers__person=person).exclude(reporter=person)
    newest = cases.select_related("report", "team").order_by("-opened_at")[:10]
    return reports.rows_of(list(newest), reports.by_code(), at)


def messages(person: Person, most: int = 6) -> "list[Letter]":
    """The newest letters to the person."""
    return list(letters.letters_of_person(person).exclude(state="cancelled")[:most])
