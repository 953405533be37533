"""The letters that reporters and followers get: which one, in whose language, with which dates and links."""
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import translation

from townhall.kernel.cases.models import Case, Entry
from townhall.kernel.design.statuses import STATUSES
from townhall.kernel.notify import actions as notify
from townhall.kernel.notify.rules import Address
from townhall.residents.reports.actions.following import follower_key
from townhall.residents.reports.actions.telling import reporter_key
from townhall.residents.reports.models import Category, Follower, Report
from townhall.residents.reports.selectors.promises import advice, day_of, expected, is_gone, owner_name

UNDO_SECONDS = 30


def report_of_case(case_id: UUID | None) -> Report | None:
    """The report of a case, with all a letter needs; None where the case is no report."""
    found = Report.objects.select_related("case__team", "case__reporter")
    return found.filter(case_id=case_id).first() if case_id else None


def write_to_reporter(
    report: Report, kind: str, *, key: UUID, at: datetime, number: int = 0, entry: Entry | None = None,
    hold_seconds: int = 0, **more: Any,
) -> None:  # fmt: skip
    """Write a letter of this kind to whoever reported; nobody who is unknown gets one."""
    person = report.case.reporter
    if person is None:
        return
    with translation.override(person.language):
        values = _values(report, person.language, entry, at) | more | dict(_links(report))
        notify.write(
            kind=kind, key=f"{kind}:{key}:{person.pk}", values=values | {"name": person.name or report.case.reference},
            at=at, person=person, case_id=report.case_id, number=number, hold_seconds=hold_seconds,
        )  # fmt: skip


def write_to_followers(
    report: Report, *, key: UUID, at: datetime, number: int, entry: Entry | None, hold_seconds: int = 0
) -> None:
    """Tell everyone who follows a public report, apart from its reporter, how it stands now."""
    if not report.case.is_public:
        return
    followers = report.followers.filter(confirmed_at__isnull=False).exclude(person=report.case.reporter_id)
    for follower in followers.select_related("person").iterator(chunk_size=500):
        language = follower.person.language if follower.person else follower.language
        with translation.override(language):
            stop = reverse("reports:unfollow", args=[follower_key(follower)])
            link = reverse("reports:report", args=[report.case.reference])
            notify.write(
                kind="report_followed", key=f"report_followed:{key}:{follower.pk}", person=follower.person,
                values=_values(report, language, entry, at) | {"stop_link": stop, "link": link},
                address=Address(email=follower.email) if follower.email else None, language=language, at=at,
                case_id=report.case_id, number=number, hold_seconds=hold_seconds,
            )  # fmt: skip


def write_to_confirm(follower: Follower, *, key: UUID, at: datetime) -> None:
    """Ask an address whether it wants to follow."""
    report = follower.report
    with translation.override(follower.language):
        values = _values(report, follower.language, None, at)
        values["confirm_link"] = reverse("reports:confirm", args=[follower_key(follower)])
        notify.write(
            kind="report_follow", key=f"report_follow:{key}", values=values, at=at, language=follower.language,
            address=Address(email=follower.email), case_id=report.case_id,
        )  # fmt: skip


def _values(report: Report, language: str, entry: Entry | None, at: datetime) -> dict[str, Any]:
    """What every letter of a report may say, in the language that is active; `was_due` for a day that has gone."""
    case = report.case
    category = Category.objects.filter(code=case.category).first()
    until = expected(case, category)
    day, has_gone = day_of(until) if case.is_open else "", is_gone(case, until, at)
    said = ((entry.text_cy if language == "cy" else "") or entry.text) if entry else ""
    return {
        "reference": case.reference,
        "title": (case.title_cy if language == "cy" else "") or case.title,
        "place": (case.place_cy if language == "cy" else "") or case.place,
        "status": str(STATUSES[case.status].words),
        "said": said,
        "team": _team(case, language),
        "next": _next(category, language),
        "council": owner_name(case.passed_to) if case.passed_to else "",
        "by_when": "" if has_gone else day,
        "has_date": bool(day) and not has_gone and not case.passed_to,
        "has_their_date": bool(day) and not has_gone and bool(case.passed_to),
        "was_due": day if has_gone else "",
        "is_over": has_gone,
        "advice": advice(case, until, at),
    }


def _team(case: Case, language: str) -> str:
    return ((case.team.name_cy if language == "cy" else "") or case.team.name) if case.team else ""


def _next(category: Category | None, language: str) -> str:
    if category is None:
        return ""
    return (category.next_step_cy if language == "cy" else "") or category.next_step


def _links(report: Report) -> Mapping[str, str]:
    """Addresses for the reporter: the page, which the key opens even where it is not public, and the two answers."""
    key = reporter_key(report)
    answer = reverse("reports:answer", args=[key])
    page = reverse("reports:report", args=[report.case.reference])
    return {
        "link": page if report.case.is_public else f"{page}?key={key}",
        "yes_link": f"{answer}?right=yes",
        "no_link": f"{answer}?right=no",
    }
