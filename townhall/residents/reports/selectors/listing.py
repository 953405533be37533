"""Public reports as a list, on a map, as a feed and as open data. Nothing here says who reported."""
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from townhall.kernel.cases.models import Case, CaseQuerySet
from townhall.kernel.modules.keys import tidy_reference
from townhall.residents.reports import rules
from townhall.residents.reports.models import KIND, Category
from townhall.residents.reports.selectors.promises import language, short_line

PAGE = 50
MOST_COUNTED = 1_000
ORDERS = {
    "newest": ("-opened_at", "id"),
    "oldest": ("opened_at", "id"),
    "changed": ("-updated_at", "id"),
    "followed": ("-followers", "-opened_at", "id"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A report in a list. `title_language` is the one its title is written in."""

    reference: str
    url: str
    title: str
    title_language: str
    category: str
    place: str
    status: str
    line: str
    is_late: bool
    followers: int
    opened_at: datetime
    metres: float | None = None


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list. `count` is exact up to 1,000 (`is_more` beyond)."""

    rows: list[Row]
    number: int
    has_next: bool
    count: int
    is_more: bool


def public_cases() -> CaseQuerySet:
    """Reports that everyone may see; those joined to another are part of it."""
    return Case.objects.filter(kind=KIND, is_public=True, joined_to__isnull=True)


def public_reports(filters: rules.Filters, at: datetime) -> QuerySet[Case]:
    """The public reports that a filter asks for, in its order.

    Words are looked for in titles and places only: a case's own full-text index knows its reporter.
    """
    found = public_cases()
    if filters.category:
        found = found.filter(category=filters.category)
    if filters.ward:
        found = found.filter(ward=filters.ward)
    if filters.days:
        found = found.filter(opened_at__gte=at - timedelta(days=filters.days))
    return _with_words(_with_status(found, filters.status, at), filters.q).order_by(*ORDERS[filters.sort])


def _with_status(found: CaseQuerySet, status: str, at: datetime) -> CaseQuerySet:
    if status == "open":
        return found.open()
    if status == "late":
        return found.overdue(at)
    if status == "done":
        return found.filter(closed_at__isnull=False)
    return found.filter(status=status) if status else found


def _with_words(found: CaseQuerySet, text: str) -> CaseQuerySet:
    if not text:
        return found
    if reference := tidy_reference(text):
        return found.filter(reference=reference)
    for word in text.split()[:6]:
        found = found.filter(Q(title__icontains=word) | Q(title_cy__icontains=word) | Q(place__icontains=word))
    return found


def list_page(filters: rules.Filters, categories: Mapping[str, Category], at: datetime) -> ListPage:
    """One page of the list, without counting a large one."""
    found = public_reports(filters, at)
    start = (filters.page - 1) * PAGE
    cases = list(found.select_related("report", "team")[start : start + PAGE + 1])
    counted = found.order_by()[: MOST_COUNTED + 1].count()
    return ListPage(
        rows=rows_of(cases[:PAGE], categories, at), number=filters.page, has_next=len(cases) > PAGE,
        count=min(counted, MOST_COUNTED), is_more=counted > MOST_COUNTED,
    )  # fmt: skip


def rows_of(cases: Sequence[Case], categories: Mapping[str, Category], at: datetime) -> list[Row]:
    """Cases as rows, in the reader's language. `report` should be selected with them."""
    return [row_of(case, categories.get(case.category), at) for case in cases]


def row_of(case: Case, category: Category | None, at: datetime, metres: float | None = None) -> Row:
    """A case as a row."""
    spoken = language()
    is_translated = spoken == "cy" and bool(case.title_cy)
    report = getattr(case, "report", None)
    return Row(
        reference=case.reference, url=reverse("reports:report", args=[case.reference]),
        title=case.title_cy if is_translated else case.title,
        title_language="cy" if is_translated else (report.language if report else "en"),
        category=category.title(spoken) if category else case.category,
        place=(case.place_cy if spoken == "cy" else "") or case.place, status=case.status,
        line=short_line(case, category, at), is_late=case.clock(at).state == "over", followers=case.followers,
        opened_at=case.opened_at, metres=metres,
    )  # fmt: skip


def plain_rows(filters: rules.Filters, at: datetime) -> Iterator[Case]:
    """Every report of a filter for open data, read in pieces. At most what one file should hold: 100,000."""
    yield from public_reports(filters, at)[:100_000].iterator(chunk_size=2_000)
