"""What reports hold about people: what they reported, added, follow, and have begun to write."""
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from townhall.kernel.documents.registries import holders
from townhall.kernel.identity.models import Person
from townhall.kernel.privacy.registries import Holding, Record, Retention, holding, not_personal
from townhall.residents.reports import selectors
from townhall.residents.reports.models import DRAFT_DAYS, Draft, DraftLink, Follower, Note, Report

PUBLIC_TASK = gettext_lazy("Public task (UK GDPR, Article 6(1)(e))")
CONSENT = gettext_lazy("Consent (UK GDPR, Article 6(1)(a))")


def find_reports(person: Person) -> list[Record]:
    """What the person reported, in the words they used, with their answers."""
    categories = selectors.by_code()
    found = Report.objects.filter(case__reporter=person).select_related("case").order_by("received_at")
    told = [_report(report, categories.get(report.case.category)) for report in found]
    return told + [_danger(report) for report in found if report.safeguarding]


def _report(report: Report, category: Any) -> Record:
    answers = {answer.question: answer.answer for answer in selectors.answers_of(report, category)}
    values = {
        _("Reference"): report.case.reference,
        _("What you wrote"): report.description,
        _("Where"): report.case.place,
        _("Your name is shown"): report.shows_name,
    }
    return Record(_("Report"), report.received_at, values | answers)


def _danger(report: Report) -> Record:
    values = {_("Reference"): report.case.reference, _("Words of danger were noticed"): report.safeguarding}
    return Record(_("Report"), report.received_at, values, is_internal=True)


def find_notes(person: Person) -> list[Record]:
    """What the person added to reports, their own and others'."""
    notes = Note.objects.filter(person=person).select_related("report__case").order_by("at")
    return [
        Record(_("Note on a report"), note.at, {_("Reference"): note.report.case.reference, _("Text"): note.text})
        for note in notes
    ]


def find_followed(person: Person) -> list[Record]:
    """Which reports the person follows, by account or by an address that is proved."""
    theirs = Q(person=person)
    if person.email and person.email_verified_at:
        theirs |= Q(person__isnull=True, email__iexact=person.email)
    found = Follower.objects.filter(theirs).select_related("report__case").order_by("asked_at")
    return [
        Record(_("Report you follow"), follower.asked_at, {_("Reference"): follower.report.case.reference})
        for follower in found
    ]


def find_drafts(person: Person) -> list[Record]:
    """Reports that the person has begun, or that an officer has begun for them."""
    drafts = Draft.objects.filter(person=person).order_by("updated_at")
    begun = [Record(_("Report not finished yet"), draft.updated_at, _typed(draft.answers)) for draft in drafts]
    return begun + _links(person)


def _links(person: Person) -> list[Record]:
    """Links that were mailed to an address which the person has proved; whose draft it was is not said."""
    if not (person.email and person.email_verified_at):
        return []
    links = DraftLink.objects.filter(email__iexact=person.email).order_by("made_at")
    return [Record(_("Link to a report, mailed to you"), link.made_at, {_("Sent to"): link.email}) for link in links]


def held_photos() -> list[str]:
    """The photos of reports that are not sent yet."""
    kept = Draft.objects.filter(report=None).exclude(photos=[]).values_list("photos", flat=True)
    return [key for photos in kept for key in photos]


def _typed(answers: dict[str, Any]) -> dict[str, Any]:
    contact = answers.get("contact") or answers.get("typed_contact") or {}
    where = answers.get("where") or {}
    kept = {_("What you wrote"): answers.get("text"), _("Where"): where.get("place")}
    kept |= {_("Name"): contact.get("name"), _("Email"): contact.get("email"), _("Phone"): contact.get("phone")}
    return {name: value for name, value in kept.items() if value} | dict(answers.get("questions", {}))


def unanswered(moment: datetime) -> "QuerySet[Follower]":
    """Addresses that never answered our letter."""
    return Follower.objects.filter(confirmed_at=None, asked_at__lt=moment)


def old_drafts(moment: datetime) -> "QuerySet[Draft]":
    """Drafts that were left alone."""
    return Draft.objects.filter(updated_at__lt=moment)


def old_reports(moment: datetime) -> "QuerySet[Report]":
    """Reports whose cases were finished before a time and still hold words."""
    return Report.objects.filter(case__closed_at__lt=moment).exclude(description="", answers={})


def empty_reports(keys: Sequence[Any]) -> int:
    """Forget the words and answers of reports; what was done about them stays for the figures."""
    return Report.objects.filter(pk__in=keys).update(description="", answers={}, shows_name=False)


holding(Holding(
    key="reports.reports", title=gettext_lazy("Problems you reported"), lawful_basis=PUBLIC_TASK,
    retention=Retention(730, gettext_lazy("the report was finished"), old_reports, empty_reports),
    models=("reports.Report",), find=find_reports,
))  # fmt: skip
holding(Holding(
    key="reports.notes", title=gettext_lazy("Notes you added to reports"), lawful_basis=PUBLIC_TASK,
    retention=Retention(None, gettext_lazy("As long as the report they belong to")),
    models=("reports.Note",), find=find_notes,
))  # fmt: skip
holding(Holding(
    key="reports.followers", title=gettext_lazy("Reports you follow"), lawful_basis=CONSENT,
    retention=Retention(28, gettext_lazy("we asked an address that never answered"), unanswered),
    models=("reports.Follower",), find=find_followed,
))  # fmt: skip
holding(Holding(
    key="reports.drafts", title=gettext_lazy("Reports you have not finished"), lawful_basis=PUBLIC_TASK,
    retention=Retention(DRAFT_DAYS, gettext_lazy("you last wrote in them"), old_drafts),
    models=("reports.Draft", "reports.DraftLink"), find=find_drafts,
))  # fmt: skip
holders.add("reports", held_photos)
not_personal.add("reports.Category", "what can be reported; no person is named in it")
