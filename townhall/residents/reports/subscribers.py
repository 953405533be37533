"""What follows from events: letters to reporters and followers, and records that were joined to a proved person."""
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from townhall.kernel.cases.models import Entry
from townhall.kernel.notify import actions as notify
from townhall.kernel.outbox.events import Delivered
from townhall.kernel.outbox.registries import subscribe
from townhall.residents.reports.actions.writing import (
    UNDO_SECONDS,
    report_of_case,
    write_to_confirm,
    write_to_followers,
    write_to_reporter,
)
from townhall.residents.reports.models import Draft, Follower, Note, Report
from townhall.residents.reports.selectors import is_gone


def _entry(event: Delivered) -> Entry | None:
    return Entry.objects.filter(case_id=event.case_id, number=event.number).first()


@subscribe("reports.report_received.v1")
def thank_the_reporter(event: Delivered) -> None:
    """Tell the reporter at once who has it, why and by when."""
    report = report_of_case(event.case_id)
    if report is None or report.case.reporter is None:
        return
    kind = "report_passed" if event.payload["belongs_to"] else "report_received"
    write_to_reporter(report, kind, key=event.id, at=event.at, number=event.number, who=_who(report))


def _who(report: Report) -> str:
    """Which team has it and why, as the timeline says it."""
    language = report.case.reporter.language if report.case.reporter else "en"
    routed = Entry.objects.filter(case_id=report.case_id, kind="routed").first()
    with translation.override(language):
        if report.case.team is None or report.is_held:
            return _("Our front desk has it.")
        reason = ((routed.text_cy if language == "cy" else "") or routed.text) if routed else ""
        team = (report.case.team.name_cy if language == "cy" else "") or report.case.team.name
        return " ".join(filter(None, (_("%(team)s has it.") % {"team": team}, reason)))


@subscribe("cases.status_changed.v1")
def tell_the_status(event: Delivered) -> None:
    """Tell everybody concerned of a new status; passing on at the start is told by the first letter."""
    report, entry = report_of_case(event.case_id), _entry(event)
    if report is None or entry is None or event.at == report.received_at:
        return
    if entry.kind == "undone":
        notify.cancel_waiting(report.case_id, since_number=entry.data["undoes"])
    elif event.payload["status"] == "passed" and report.case.passed_to:
        _tell_both(report, event, entry, kind="report_passed")
    elif event.payload["tells_people"]:
        _tell_both(report, event, entry)


@subscribe("cases.clock_paused.v1", "cases.clock_resumed.v1")
def tell_of_a_pause_or_a_date(event: Delivered) -> None:
    """Tell everybody concerned that the clock waits, runs again, or has another date."""
    report, entry = report_of_case(event.case_id), _entry(event)
    if report is not None and entry is not None:
        _tell_both(report, event, entry)


def _tell_both(report: Report, event: Delivered, entry: Entry | None, kind: str = "report_status") -> None:
    """Write to the reporter and to followers; the letters wait for as long as undo is possible."""
    about: dict[str, Any] = {"key": event.id, "at": event.at, "number": event.number, "entry": entry}
    write_to_reporter(report, kind, hold_seconds=UNDO_SECONDS, **about)
    write_to_followers(report, hold_seconds=UNDO_SECONDS, **about)


@subscribe("cases.date_missed.v1")
def own_up(event: Delivered) -> None:
    """Tell the reporter the same day that we, or the council that has it, missed the date; not where that is over."""
    report = report_of_case(event.case_id)
    if report is not None and is_gone(report.case, report.case.due_at, event.at):
        kind = "report_passed_missed" if report.case.passed_to else "report_missed"
        write_to_reporter(report, kind, key=event.id, at=event.at, number=event.number)


@subscribe("cases.replied.v1")
def send_the_reply(event: Delivered) -> None:
    """Send an officer's words to the reporter, and to followers where they are public."""
    report, entry = report_of_case(event.case_id), _entry(event)
    if report is None or entry is None:
        return
    write_to_reporter(report, "report_reply", key=event.id, at=event.at, number=event.number, entry=entry)
    if entry.is_public:
        write_to_followers(report, key=event.id, at=event.at, number=event.number, entry=entry)


@subscribe("cases.case_resolved.v1")
def say_it_is_done(event: Delivered) -> None:
    """Tell everybody concerned, and ask the reporter whether it was put right."""
    report = report_of_case(event.case_id)
    if report is not None:
        _tell_both(report, event, _entry(event), kind="report_resolved")


@subscribe("cases.case_reopened.v1")
def say_it_is_open_again(event: Delivered) -> None:
    """Take back what was not sent where the closing was undone; else tell the reporter."""
    report = report_of_case(event.case_id)
    if report is None:
        return
    if event.payload["undone"]:
        entry = _entry(event)
        notify.cancel_waiting(report.case_id, since_number=entry.data["undoes"] if entry else None)
    else:
        write_to_reporter(report, "report_reopened", key=event.id, at=event.at, number=event.number)


@subscribe("reports.follow_asked.v1")
def ask_to_confirm(event: Delivered) -> None:
    """Ask the address whether it wants to follow."""
    follower = Follower.objects.select_related("report__case").filter(pk=event.payload["follower_id"]).first()
    if follower is not None and follower.confirmed_at is None:
        write_to_confirm(follower, key=event.id, at=event.at)


@subscribe("identity.people_joined.v1")
def move_to_the_proved_person(event: Delivered) -> None:
    """What an unproved record held belongs to the person who proved the address."""
    old, new = UUID(event.payload["from_id"]), UUID(event.payload["person_id"])
    Draft.objects.filter(person=old).update(person=new)
    Note.objects.filter(person=old).update(person=new)
    doubled = Follower.objects.filter(person=new).values("report")
    Follower.objects.filter(person=old, report__in=doubled).delete()
    Follower.objects.filter(person=old).update(person=new)
