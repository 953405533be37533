"""One report as its page shows it, and to whom."""
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from townhall.kernel.cases.models import Case
from townhall.kernel.cases.permissions import is_ones_own
from townhall.kernel.documents.selectors import of_case
from townhall.kernel.geo import selectors as geo
from townhall.kernel.identity.permissions import allows
from townhall.kernel.modules.keys import tidy_reference
from townhall.residents.reports import rules
from townhall.residents.reports.models import KIND, Category, Draft, Follower, Note, Report
from townhall.residents.reports.selectors.categories import category as category_of
from townhall.residents.reports.selectors.promises import Promise, language, promise
from townhall.residents.reports.selectors.timelines import Line, timeline

if TYPE_CHECKING:
    from townhall.kernel.documents.models import Document


@dataclass(frozen=True, slots=True)
class Answer:
    """A question and what was answered, in words."""

    question: str
    answer: str
    is_private: bool


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report's public page. `is_own` when the reader reported it; `follower` when they follow it."""

    report: Report
    case: Case
    category: Category | None
    title: str
    title_language: str
    description: str
    promise: Promise
    lines: list[Line]
    photos: "list[Document]"
    answers: list[Answer]
    is_own: bool
    follower: Follower | None
    ward: str


def report_of(reference: str) -> Report | None:
    """The report with this reference, as typed; None where there is none."""
    tidy = tidy_reference(reference)
    found = Report.objects.select_related("case__team", "case__reporter", "case__joined_to")
    return found.filter(case__reference=tidy, case__kind=KIND).first() if tidy else None


def may_read(report: Report, person: Any, key_report: Report | None = None) -> bool:
    """Whether this reader may open the page: everyone a public one, else its reporter and staff."""
    if report.case.is_public or (key_report is not None and key_report.pk == report.pk):
        return True
    return is_ones_own(person, report.case) or allows(person, "cases.view_case", report.case)


def report_page(report: Report, person: Any, at: datetime, *, is_own: bool = False) -> ReportPage:
    """The page of a report that this reader may read (`may_read`)."""
    case, spoken = report.case, language()
    category = category_of(case.category)
    is_own = is_own or is_ones_own(person, case)
    is_translated = spoken == "cy" and bool(case.title_cy)
    photos = [document for document in of_case(case.pk) if document.is_picture and (document.is_public or is_own)]
    follower = Follower.objects.filter(report=report, person=person).first() if person.is_authenticated else None
    return ReportPage(
        report=report, case=case, category=category, title=case.title_cy if is_translated else case.title,
        title_language="cy" if is_translated else report.language,
        description=report.description if is_own else rules.redact(report.description, report.language),
        promise=promise(case, category, at), lines=timeline(report, category, at), photos=photos,
        answers=[answer for answer in answers_of(report, category) if is_own or not answer.is_private],
        is_own=is_own, follower=follower, ward=_ward_name(case.ward, spoken),
    )  # fmt: skip


def _ward_name(code: str, spoken: str) -> str:
    ward = geo.ward(code) if code else None
    return ((ward.name_cy if spoken == "cy" else "") or ward.name) if ward else ""


def answers_of(report: Report, category: Category | None) -> list[Answer]:
    """What the category asked and what was answered, in the reader's language."""
    spoken = language()
    return [
        Answer(asked.words(spoken), asked.answer_words(report.answers[asked.code], spoken), asked.is_private)
        for asked in rules.questions(category.questions if category else [])
        if asked.code in report.answers
    ]


def held_notes(report: Report) -> list[Note]:
    """Notes on a report that wait for an officer."""
    return list(report.notes.filter(state=Note.State.HELD).order_by("number"))


def drafts_of(owner: str, person: Any) -> list[Draft]:
    """Reports that this browser, or this signed-in person, has begun and not sent; newest first, at most five."""
    ours = Q(owner=owner) | Q(devices__contains=[owner])
    found = Draft.objects.filter(ours, report=None) if owner else Draft.objects.none()
    if person.is_authenticated:
        found = found | Draft.objects.filter(report=None, person=person, taken_by=None)
    return list(found.order_by("-updated_at")[:5])
