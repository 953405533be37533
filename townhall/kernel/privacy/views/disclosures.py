"""Subject access: choose a person, collect, review, hand over."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from townhall.kernel.identity import selectors as identity
from townhall.kernel.identity.models import Person
from townhall.kernel.identity.permissions import proved_lately, requires
from townhall.kernel.privacy import actions, selectors
from townhall.kernel.privacy.actions.disclosures import note_download
from townhall.kernel.privacy.forms import ReviewForm
from townhall.kernel.privacy.models import Disclosure, Part

may_disclose = requires("privacy.disclose")
ATTACHMENT = {"html": "text/html; charset=utf-8", "json": "application/json", "zip": "application/zip"}


@may_disclose
@proved_lately
def disclosures(request: HttpRequest) -> HttpResponse:
    """Those that were made, and the search for a person to make one for."""
    typed = request.GET.get("q", "")
    rows = Disclosure.objects.select_related("person", "asked_by")[:100]
    context = {"disclosures": rows, "q": typed, "found": identity.search_people(typed, 20) if typed else []}
    return render(request, "privacy/disclosures.html", context)


@require_POST
@may_disclose
@proved_lately
def start(request: HttpRequest, key: UUID) -> HttpResponse:
    """Begin to collect what we hold about a person."""
    person = get_object_or_404(Person, pk=key)
    made = actions.start(person=person, by=_me(request), title=_("Collecting what we hold"), at=timezone.now())
    return redirect("privacy:disclosure", made.pk)


@may_disclose
@proved_lately
def disclosure(request: HttpRequest, key: UUID) -> HttpResponse:
    """The review: every record, with what is to be taken out of it."""
    row = get_object_or_404(Disclosure.objects.select_related("person", "progress"), pk=key)
    return _review(request, row)


@require_POST
@may_disclose
@proved_lately
def review(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """Keep what is to be taken out of one record."""
    part = get_object_or_404(
        Part.objects.select_related("disclosure__person"), disclosure=key, number=number, disclosure__state="review"
    )
    form = ReviewForm(request.POST)
    if form.is_valid():
        wrong = actions.review_part(part, **form.cleaned_data)
        if not wrong:
            return redirect(f"{request.path.split('/parts/')[0]}/#part-{number}")
        return _review(request, part.disclosure, number=number, wrong=wrong, typed=form.cleaned_data)
    return _review(request, part.disclosure)


@require_POST
@may_disclose
@proved_lately
def finish(request: HttpRequest, key: UUID) -> HttpResponse:
    """The review is done."""
    row = get_object_or_404(Disclosure, pk=key)
    try:
        actions.finish(row, by=_me(request), at=timezone.now())
    except ValueError as problem:
        raise Http404 from problem
    return redirect("privacy:disclosure", key)


@may_disclose
@proved_lately
def download(request: HttpRequest, key: UUID, kind: str) -> HttpResponse:
    """A copy for the person, as a page, as JSON, or both with the files."""
    row = get_object_or_404(Disclosure, pk=key, state=Disclosure.State.READY)
    if kind not in ATTACHMENT:
        raise Http404
    page = render_to_string("privacy/copy.html", {"sections": selectors.sections(row), "made": row}, request=request)
    body: dict[str, Callable[[], bytes]] = {
        "html": page.encode,
        "json": lambda: selectors.as_json(row),
        "zip": lambda: selectors.as_zip(row, page),
    }
    answer = HttpResponse(body[kind](), content_type=ATTACHMENT[kind])
    answer["Content-Disposition"] = f'attachment; filename="what-we-hold.{kind}"'
    note_download(row, kind, by=_me(request), at=timezone.now())
    return answer


def _review(request: HttpRequest, row: Disclosure, **tried: Any) -> HttpResponse:
    context = {"disclosure": row, "sections": selectors.sections(row, whole=True), **tried}
    return render(request, "privacy/disclosure.html", context, status=422 if tried else 200)


def _me(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)  # noqa: S101
    return request.user
