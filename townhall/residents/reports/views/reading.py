"""A report's own page, and what people can say there."""
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from townhall.kernel.documents import actions as documents
from townhall.kernel.documents.rules import Refused
from townhall.kernel.documents.selectors import words_of
from townhall.kernel.identity.actions import within_limit
from townhall.residents.reports import actions, selectors
from townhall.residents.reports.forms import FollowForm, NoteForm
from townhall.residents.reports.models import Report
from townhall.residents.reports.views.flow import signed_in

SAYINGS = 20
"""What one person or address may say in an hour, on all reports."""


def readable(request: HttpRequest, reference: str) -> tuple[Report, bool]:
    """The report and whether the reader holds its reporter's key. Raises Http404 where it is not for this reader."""
    report = selectors.report_of(reference)
    key = request.GET.get("key") or request.POST.get("key") or ""
    holder = actions.report_of_key(key) if key else None
    if report is None or not selectors.may_read(report, request.user, holder):
        raise Http404
    return report, holder is not None and holder.pk == report.pk


def open_report(view: Any) -> Any:
    """A view of a report that this reader may open."""

    @wraps(view)
    def guarded(request: HttpRequest, reference: str) -> HttpResponse:
        report, is_own = readable(request, reference)
        return view(request, report, is_own)

    return guarded


@require_safe
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """The page of a report; one that is joined to another leads there."""
    found, is_own = readable(request, reference)
    main = found.case.joined_to
    if main is not None and main.is_public and not is_own and signed_in(request) is None:
        return redirect("reports:report", main.reference)
    if reference != found.case.reference:
        return redirect("reports:report", found.case.reference)
    return show(request, found, is_own)


def show(
    request: HttpRequest, found: Report, is_own: bool, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """The page, with forms as they were typed where something was wrong with them."""
    page = selectors.report_page(found, request.user, timezone.now(), is_own=is_own)
    context = {
        "page": page, "report": found, "case": page.case, "key": request.GET.get("key") or request.POST.get("key", ""),
        "follow_form": FollowForm(), "note_form": NoteForm(), "errors": [], "said": request.GET.get("said", ""),
        "joined_to": found.case.joined_to,
    }  # fmt: skip
    response = render(request, "reports/report.html", context | forms, status=status)
    if not page.case.is_public:
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _back(request: HttpRequest, found: Report, said: str, anchor: str = "said") -> HttpResponse:
    key = request.POST.get("key", "")
    query = f"?said={said}" + (f"&key={key}" if key and actions.report_of_key(key) == found else "")
    return HttpResponseRedirect(reverse("reports:report", args=[found.case.reference]) + f"{query}#{anchor}")


def _too_many(request: HttpRequest) -> bool:
    who = signed_in(request)
    source = f"person:{who.pk}" if who else f"address:{request.META.get('REMOTE_ADDR', '')}"
    return not within_limit(f"reports.say:{source}", SAYINGS, seconds=3600, at=timezone.now())


@require_POST
@open_report
def say(request: HttpRequest, found: Report, is_own: bool) -> HttpResponse:
    """Keep "still there" or "it is fixed"."""
    says = request.POST.get("says", "")
    if says not in {"still_there", "fixed"}:
        raise Http404
    if _too_many(request):
        return _back(request, found, "too_many")
    by = found.case.reporter if is_own else signed_in(request)
    actions.say(report=found, says=says, by=by, at=timezone.now())
    return _back(request, found, says)


@require_POST
@open_report
def add_note(request: HttpRequest, found: Report, is_own: bool) -> HttpResponse:
    """Add a note with photos; held for an officer where nobody is signed in."""
    form = NoteForm(request.POST)
    files = request.FILES.getlist("photos")[:3]
    if form.is_valid() and not form.cleaned_data["text"].strip() and not files:
        form.add_error("text", _("Write a note, or choose a photo"))
    kept, refused = ([], []) if form.errors else _keep(request, files)
    if form.errors or refused:
        errors = [{"text": text, "href": "#note-photos"} for text in refused]
        return show(request, found, is_own, note_form=form, errors=errors, status=422, opens_note=True)
    if _too_many(request):
        documents.remove(kept)
        return _back(request, found, "too_many")
    by = found.case.reporter if is_own else signed_in(request)
    note = actions.add_note(
        report=found, text=form.cleaned_data["text"].strip(), by=by, photos=kept, at=timezone.now()
    )
    return _back(request, found, "note_shown" if note.state == "shown" else "note_held")


def _keep(request: HttpRequest, files: Any) -> tuple[list[Any], list[str]]:
    """The kept photos, and what to say about those that were refused; then none is kept."""
    kept: list[Any] = []
    refused: list[str] = []
    for file in files:
        try:
            kept.append(documents.keep(file=file, purpose="report_photo", by=signed_in(request), at=timezone.now()).pk)
        except Refused as problem:
            refused.append(f"{file.name}: {words_of(problem)}")
    if refused:
        documents.remove(kept)
        kept = []
    return kept, refused


@require_POST
@open_report
def hide_name(request: HttpRequest, found: Report, is_own: bool) -> HttpResponse:
    """The reporter's name is not shown any more."""
    page = selectors.report_page(found, request.user, timezone.now(), is_own=is_own)
    if not page.is_own:
        raise Http404
    actions.hide_name(report=found)
    return _back(request, found, "hidden")


def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Was it put right? The link in the letter shows two buttons; only pressing one records the answer."""
    found = actions.report_of_key(key)
    if found is None:
        return render(request, "reports/dead_link.html", status=404)
    said = ""
    if request.method == "POST" and request.POST.get("right") in {"yes", "no"}:
        said = request.POST["right"]
        actions.answer(report=found, is_satisfied=said == "yes", by=found.case.reporter, at=timezone.now())
        found.case.refresh_from_db()
    suggested = request.GET.get("right", "")
    context = {"report": found, "case": found.case, "key": key, "answered": said, "suggested": suggested}
    response = render(request, "reports/answer.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response
