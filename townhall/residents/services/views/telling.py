"""A colleague tells a process what has come in, or puts it into another state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from townhall.kernel.cases.models import Case
from townhall.kernel.cases.permissions import may_view
from townhall.kernel.catalogue.forms.model import Mistake
from townhall.kernel.documents.rules import Refused as FileRefused
from townhall.kernel.documents.selectors import words_of
from townhall.kernel.identity.models import Person
from townhall.kernel.identity.permissions import check, requires
from townhall.residents.services import actions, rules, selectors
from townhall.residents.services.models import Application
from townhall.residents.services.rules import Typed
from townhall.residents.services.selectors import Telling

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent with a message and cannot be taken: what stands in the page, and what is wrong with it."""

    typed: Typed = field(default_factory=dict[str, list[str]])
    mistakes: Sequence[Mistake] = ()
    errors: Sequence[Mapping[str, str]] = ()


def take(request: HttpRequest, telling: Telling, by: Person | None, source: str = "") -> Sent | None:
    """Tell the process what was sent; what is wrong with it, or None where it is told, or not waited for any more."""
    form, at = telling.form, timezone.now()
    named = {name: [str(value) for value in values] for name, values in request.POST.lists()}
    typed = rules.only_of(selectors.questions_of(form), named)
    asked = {each.name for each in selectors.questions_of(form) if each.kind == "files"}
    sent = [(name.removeprefix("_file."), file) for name, files in request.FILES.lists() for file in files]
    wanted = [(place, file) for place, file in sent if place in asked]
    try:
        files = actions.keep_for_message(application=telling.application, files=wanted, by=by, at=at)
    except FileRefused as problem:
        return Sent(typed, (), [_of_files(asked, words_of(problem))])
    except actions.TooManyFiles:
        return Sent(typed, (), [_of_files(asked, _("There are as many files already as this may have"))])
    held = typed | {name: [key for key, one in files.items() if one["at"] == name] for name in asked}
    found = selectors.result_of(form, held, at, selectors.upload_of(files))
    if found.mistakes:
        actions.forget_kept(files)
        shown = frozenset(request.POST.getlist("_shown"))
        again = [_of_files(asked, _("Choose the files again: they are not kept until the rest is right"))]
        return Sent(typed, [each for each in found.mistakes if each.question in shown], again if files else [])
    actions.send_message(
        application=telling.application, message=telling.message, said=found.answers, files=files, by=by, at=at,
        source=source,
    )  # fmt: skip
    return None


def _of_files(asked: set[str], text: str) -> dict[str, str]:
    return {"text": text, "href": f"#{next(iter(sorted(asked)), 'main')}"}


def shown(request: HttpRequest, telling: Telling, sent: Sent) -> dict[str, Any]:
    """What a page shows of the form of a message."""
    fields = selectors.result_fields(telling.form, sent.typed, sent.mistakes, timezone.now())
    return {
        "title_words": telling.title.said(selectors.language()), "language": selectors.language(), "fields": fields,
        "errors": [*selectors.told_mistakes(telling.form, sent.mistakes), *sent.errors],
        "case": telling.application.case, "extra": {"found": {}, "points": {}, "files": {}, "known": ()},
        "action": request.get_full_path(),
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires("cases.see_queue")
def tell(request: HttpRequest, application_id: UUID, message: str) -> HttpResponse:
    """What has come in, told to the process by a colleague. What it does not wait for any more leads back."""
    application = _worked_on(request, application_id)
    person: Any = request.user
    telling = next((each for each in selectors.tellings(application) if each.message == message), None)
    if telling is None:
        return _back(application, person)
    sent = take(request, telling, person) if request.method == "POST" else Sent()
    if sent is None:
        return _back(application, person)
    context = shown(request, telling, sent) | {"back": _address(application)}
    return _page(request, "services/tell.html", context, is_wrong=request.method == "POST")


@require_http_methods(["GET", "POST"])
@requires("cases.see_queue")
def jump(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Put the process into another state: which, and why; then what would come of it; then it is done."""
    application = _worked_on(request, application_id)
    person: Any = request.user
    at, targets = timezone.now(), selectors.targets(application, timezone.now())
    if not targets:
        return _back(application, person)
    path, reason = request.POST.get("state", ""), request.POST.get("reason", "").strip()[:LONGEST_REASON]
    chosen = next((each for each in targets if each.path == path), None)
    errors = list[dict[str, str]]()
    if request.method == "POST" and chosen is None:
        errors.append({"text": _("Choose a state"), "href": "#state-1"})
    if request.method == "POST" and not reason:
        errors.append({"text": _("Say why it is put there by hand"), "href": "#reason"})
    if chosen and not errors and request.POST.get("_do") == "jump":
        try:
            actions.jump(application=application, path=chosen.path, reason=reason, by=person, at=at)
            return _back(application, person)
        except actions.Refused as problem:
            errors.append({"text": _("The process does not take that: %(why)s") % {"why": problem}, "href": "#main"})
    ahead = selectors.ahead(application, chosen.path, at) if chosen and not errors else None
    context = {
        "targets": targets, "chosen": chosen, "reason": reason, "errors": errors, "ahead": ahead,
        "now": selectors.state_words(application), "case": application.case, "back": _address(application),
    }  # fmt: skip
    return _page(request, "services/jump.html", context, is_wrong=bool(errors))


def _worked_on(request: HttpRequest, application_id: UUID) -> Application:
    """The application, for a colleague who may work its case. Raises Http404, PermissionDenied."""
    application = selectors.of_case(application_id)
    person: Any = request.user
    if application is None or application.case is None or not may_view(person, application.case):
        raise Http404
    check(person, "cases.work_case", application.case)
    return application


def _address(application: Application) -> str:
    return reverse("casework:case", args=[application.case.reference]) if application.case else ""


def _back(application: Application, person: Person) -> HttpResponse:
    """To the case; or to the queue, where the process has given the case to others."""
    case = Case.objects.get(pk=application.pk)
    return redirect(_address(application) if may_view(person, case) else "casework:queue")


def _page(request: HttpRequest, template: str, context: dict[str, Any], *, is_wrong: bool) -> HttpResponse:
    response = render(request, template, context, status=422 if is_wrong else 200)
    response.headers["Cache-Control"] = "no-store"
    return response
