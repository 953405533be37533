"""What services hold about people: what they applied for, and what they have begun to fill in."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from townhall.kernel.documents.actions import remove
from townhall.kernel.documents.registries import holders
from townhall.kernel.identity.models import Person
from townhall.kernel.privacy.registries import Holding, Record, Retention, holding, not_personal
from townhall.residents.services import selectors
from townhall.residents.services.models import (
    KEPT_DAYS,
    Application,
    ApplicationLink,
    Course,
    DocumentOrder,
    Signing,
    TransferredCase,
    WaitingFile,
)

PUBLIC_TASK = gettext_lazy("Public task (UK GDPR, Article 6(1)(e))")


def find_sent(person: Person) -> list[Record]:
    """What the person applied for, with their answers, and what came of it."""
    found = selectors.applications_of(person)
    return [one for each in found for one in [_record(each, _("Application")), *_outcomes(each)]]


def find_begun(person: Person) -> list[Record]:
    """Forms that the person has begun, or that an officer has begun for them, and links mailed to a proved address."""
    begun = Application.objects.unsent().filter(person=person).select_related("version").order_by("updated_at")
    return [_record(each, _("Form not sent yet")) for each in begun] + _links(person)


def _record(application: Application, title: str) -> Record:
    spoken, at = selectors.language(), application.sent_at or application.updated_at
    values: dict[str, Any] = {_("Service"): application.version.title(spoken)}
    if application.case is not None:
        values[_("Reference")] = application.case.reference
    for row in selectors.rows_of(application, at):
        if row.answer is not None:
            values[row.label.said(spoken)] = row.answer.said(spoken)
    return Record(title, at, values)


def _outcomes(application: Application) -> list[Record]:
    """What the person was told of decisions; and, after a review, all that was decided and what colleagues answered."""
    told = [
        Record(_("Decision about your application"), at, {_("Why"): " ".join(sentences)})
        for at, sentences in selectors.decisions_told(application)
    ]
    decided = [
        Record(
            _("How a decision about your application was made"), each.at,
            {
                _("Decision"): each.title, _("Outcome"): each.outcome or each.failed or None,
                _("Why"): "; ".join(words.said(selectors.language()) for words in each.why) or None,
            },
            is_internal=True,
        )
        for each in selectors.decisions_of(application)
    ]  # fmt: skip
    done = [
        Record(
            _("What came in or was done with your application"), each.at,
            {_("Step"): each.title, _("Why"): each.reason or None} | dict(each.rows), is_internal=True,
        )
        for each in selectors.results_of(application)
    ]  # fmt: skip
    return [*told, *decided, *done]


def _links(person: Person) -> list[Record]:
    """Links that were mailed to an address which the person has proved; whose form it was is not said."""
    if not (person.email and person.email_verified_at):
        return []
    links = ApplicationLink.objects.filter(email__iexact=person.email).order_by("made_at")
    return [Record(_("Link to a form, mailed to you"), link.made_at, {_("Sent to"): link.email}) for link in links]


def find_waiting(person: Person) -> list[Record]:
    """Files that the person chose, signed in, for what is not sent yet; they are among their documents too. Whose those
    are that wait for somebody to sign in again is not known until they do.
    """
    mine = WaitingFile.objects.filter(document__by=person).select_related("document", "application__version")
    return [
        Record(
            _("File that waits to be sent"), each.document.created_at,
            {
                _("Service"): each.application.version.title(selectors.language()), _("Name"): each.document.name,
                _("Kept until"): selectors.day_of(each.until),
            },
        )
        for each in mine.order_by("document__created_at")
    ]  # fmt: skip


def find_documents(person: Person) -> list[Record]:
    """The documents that were made for what the person applied for; their files are among those of the case."""
    spoken = selectors.language()
    return [
        Record(
            _("Document made for your application"), each.made_at or each.ordered_at,
            {_("Service"): each.application.version.title(spoken), _("Title"): each.said(spoken)},
        )
        for each in selectors.documents_of(person)
    ]  # fmt: skip


def old_documents(moment: datetime) -> "QuerySet[DocumentOrder]":
    """Documents of applications whose time was over before a moment."""
    kept = ExpressionWrapper(F("application__version__kept_days") * timedelta(days=1), DurationField())
    ends = ExpressionWrapper(F("application__case__closed_at") + kept, DateTimeField())
    return DocumentOrder.objects.annotate(ends=ends).filter(ends__lt=moment)


def forget_documents(keys: Sequence[Any]) -> int:
    """Forget documents and their orders."""
    found = DocumentOrder.objects.filter(pk__in=keys)
    remove([each for each in found.values_list("document_id", flat=True) if each])
    return found.delete()[0]


def find_signings(person: Person) -> list[Record]:
    """What the person was asked to sign at an address which they have proved, and what they said."""
    if not (person.email and person.email_verified_at):
        return []
    email = person.email.lower()
    of_them = Q(email__iexact=email) | Q(corrections__contains=[{"before": {"email": email}}])
    asked = Signing.objects.filter(of_them).select_related("application__version").order_by("asked_at")
    return [one for each in asked for one in _signings(each, email)]


def _signings(each: Signing, email: str) -> list[Record]:
    """What is held under an address: the request as it stands, and its name and address from before a correction."""
    past = [old["before"] for old in each.corrections if old["before"]["email"] == email]
    service = each.application.version.title(selectors.language())
    earlier = [
        Record(
            _("You were asked to sign"), each.asked_at,
            {_("Service"): service, _("Name"): old["name"], _("Sent to"): old["email"]},
        )
        for old in past
    ]  # fmt: skip
    return [*earlier, _signing(each)] if each.email.lower() == email else earlier


def _signing(each: Signing) -> Record:
    values = {
        _("Service"): each.application.version.title(selectors.language()), _("Name"): each.name,
        _("Sent to"): each.email, _("How it stands"): selectors.line_of(each), _("Why not"): each.reason or None,
    }  # fmt: skip
    return Record(_("You were asked to sign"), each.asked_at, values)


def old_signings(moment: datetime) -> "QuerySet[Signing]":
    """Requests to sign whose application's time was over before a moment."""
    kept = ExpressionWrapper(F("application__version__kept_days") * timedelta(days=1), DurationField())
    ends = ExpressionWrapper(F("application__case__closed_at") + kept, DateTimeField())
    return Signing.objects.annotate(ends=ends).filter(ends__lt=moment)


def held_files() -> list[str]:
    """The documents of applications that are not sent yet."""
    kept = Application.objects.unsent().exclude(files={}).values_list("files", flat=True)
    return [key for files in kept for key in files]


def old_forms(moment: datetime) -> "QuerySet[Application]":
    """Forms that were left alone."""
    return Application.objects.unsent().filter(updated_at__lt=moment)


def old_applications(moment: datetime) -> "QuerySet[Application]":
    """Applications that still hold answers though the time that their service names, counted from the end of the
    case, was over before a moment.
    """
    kept = ExpressionWrapper(F("version__kept_days") * timedelta(days=1), DurationField())
    ends = ExpressionWrapper(F("case__closed_at") + kept, DateTimeField())
    return Application.objects.annotate(ends=ends).filter(ends__lt=moment).exclude(answers={})


def empty_applications(keys: Sequence[Any]) -> int:
    """Forget the answers of applications, what was told and decided in their course, and the words that it keeps; how
    each ended stays.
    """
    for course in Course.objects.filter(pk__in=keys):
        values = {frame: _without_words(held) for frame, held in course.state.get("values", {}).items()}
        state = course.state | {"values": values}
        Course.objects.filter(pk=course.pk).update(told=[], decided=[], state=state)
    TransferredCase.objects.filter(application__in=keys).update(before={})
    return Application.objects.filter(pk__in=keys).update(answers={}, files={})


def _without_words(held: dict[str, Any]) -> dict[str, Any]:
    """The variables of a process without texts and lists: its numbers, and what is true."""
    return {name: value if isinstance(value, bool | int | float) else None for name, value in held.items()}


holding(Holding(
    key="services.applications", title=gettext_lazy("What you applied for"), lawful_basis=PUBLIC_TASK,
    retention=Retention(
        1, gettext_lazy("the time that the service names, counted from the end of the case"), old_applications,
        empty_applications,
    ),
    models=("services.Application", "services.Course", "services.Submission", "services.TransferredCase"),
    find=find_sent,
))  # fmt: skip
holding(Holding(
    key="services.begun", title=gettext_lazy("Forms you have not sent"), lawful_basis=PUBLIC_TASK,
    retention=Retention(KEPT_DAYS, gettext_lazy("you last wrote in them"), old_forms),
    models=("services.ApplicationLink",), find=find_begun,
))  # fmt: skip
holding(Holding(
    key="services.waiting", title=gettext_lazy("Files you have chosen and not sent"), lawful_basis=PUBLIC_TASK,
    retention=Retention(
        None, gettext_lazy("A day after you chose them; an hour where you had been signed out. Then they are removed")
    ),
    models=("services.WaitingFile",), find=find_waiting,
))  # fmt: skip
holding(Holding(
    key="services.signings", title=gettext_lazy("What you were asked to sign"), lawful_basis=PUBLIC_TASK,
    retention=Retention(
        1, gettext_lazy("the time that the service names, counted from the end of the case"), old_signings
    ),
    models=("services.Signing",), find=find_signings,
))  # fmt: skip
holding(Holding(
    key="services.documents", title=gettext_lazy("Documents made for you"), lawful_basis=PUBLIC_TASK,
    retention=Retention(
        1, gettext_lazy("the time that the service names, counted from the end of the case"), old_documents,
        forget_documents,
    ),
    models=("services.DocumentOrder",), find=find_documents,
))  # fmt: skip
holders.add("services", held_files)
not_personal.add("services.PartnerAddress", "where organisations are written to; kept with changes of set-up pages")
not_personal.add("services.Version", "the files of a published service; who published it is kept with changes of staff")
not_personal.add("services.Count", "how often something happened on a page of a form; names are those of its questions")
not_personal.add("services.Transfer", "which version cases went to; who asked for it is kept with changes of staff")
