"""Photos, "is it one of these?", and how to reach whoever reports."""
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from townhall.kernel.documents import actions as documents
from townhall.kernel.documents.rules import Refused
from townhall.kernel.documents.selectors import draft_url, public_of_cases, some, words_of
from townhall.kernel.identity.rules import national
from townhall.residents.reports import actions, selectors
from townhall.residents.reports.forms import ContactForm
from townhall.residents.reports.views.flow import Flow, draft_of, page_of, signed_in

MOST_AT_ONCE = 6


def photos_of(flow: Flow) -> list[dict[str, Any]]:
    """The draft's photos in order, with addresses that its writer may open."""
    found = {str(document.pk): document for document in some(flow.draft.photos)}
    return [
        {"id": key, "name": found[key].name, "url": draft_url(found[key], "thumb")}
        for key in flow.draft.photos
        if key in found
    ]


@page_of("photos")
def photos(request: HttpRequest, flow: Flow) -> HttpResponse:
    """Add photos, as many as wished up to six; each is kept at once."""
    if request.method != "POST":
        return _photo_page(flow, [])
    refused = _keep_photos(request, flow)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"refused": refused, "photos": photos_of(flow)}, status=422 if refused else 200)
    if refused:
        return _photo_page(flow, refused)
    if request.POST.get("do") == "add":
        return HttpResponseRedirect(flow.url("photos"))
    return flow.onwards(flow.answers | {"photos_seen": True})


def _photo_page(flow: Flow, refused: list[str]) -> HttpResponse:
    errors = [{"text": text, "href": "#photos"} for text in refused]
    return flow.page(
        "photos.html", photos=photos_of(flow), errors=errors, most=actions.MOST_PHOTOS, status=422 if errors else 200
    )


def _keep_photos(request: HttpRequest, flow: Flow) -> list[str]:
    """Keep what was sent; what to say about files that were refused."""
    refused: list[str] = []
    by = signed_in(request)
    for file in request.FILES.getlist("photos")[:MOST_AT_ONCE]:
        try:
            kept = documents.keep(file=file, purpose="report_photo", by=by, at=timezone.now())
        except Refused as problem:
            refused.append(f"{file.name}: {words_of(problem)}")
            continue
        if not kept.is_picture:
            documents.remove([kept.pk])
            refused.append(_("%(file)s is not a photo") % {"file": file.name})
        elif not actions.add_photo(draft=flow.draft, document_id=kept.pk, at=timezone.now()):
            documents.remove([kept.pk])
            refused.append(_("You can add %(most)s photos") % {"most": actions.MOST_PHOTOS})
    return refused


@require_POST
def remove_photo(request: HttpRequest, draft_id: UUID, document_id: UUID) -> HttpResponse:
    """Take a photo off the report."""
    draft = draft_of(request, draft_id)
    if draft.report_id is None:
        actions.remove_photo(draft=draft, document_id=document_id, at=timezone.now())
    return redirect("reports:photos", draft_id)


@page_of("nearby")
def nearby(request: HttpRequest, flow: Flow) -> HttpResponse:
    """Reports close by that may be about the same thing: add to one of them, or carry on."""
    if flow.category is None or flow.point is None:
        return redirect(flow.url("where"))
    same = selectors.may_be_same(
        category=flow.category.code, point=flow.point, text=flow.answers["text"], at=timezone.now()
    )
    if request.method == "POST":
        chosen = next((case for case, _metres in same if case.reference == request.POST.get("same")), None)
        if chosen is not None:
            report = actions.join_draft(
                draft=flow.draft, case=chosen, at=timezone.now(), language=selectors.language(),
                signed_in=signed_in(request),
            )  # fmt: skip
            return HttpResponseRedirect(reverse("reports:report", args=[report.case.reference]) + "?said=added#follow")
        return flow.onwards(flow.answers | {"nearby_seen": True})
    if not same:
        return flow.onwards(flow.answers | {"nearby_seen": True})
    pictures = public_of_cases([case.pk for case, _metres in same])
    at = timezone.now()
    rows = [
        {
            "row": selectors.row_of(case, flow.category, at, metres),
            "case": case,
            "photo": next(iter(pictures.get(case.pk, [])), None),
        }
        for case, metres in same
    ]
    return flow.page("nearby.html", rows=rows)


@page_of("contact")
def contact(request: HttpRequest, flow: Flow) -> HttpResponse:
    """Who reports and how to reach them; filled in for whoever is signed in, or by the officer for the caller."""
    known = flow.draft.person if flow.draft.taken_by_id else signed_in(request)
    allowed = flow.category.is_anonymous_allowed if flow.category else False
    if flow.is_saving:
        typed = {name: request.POST.get(name, "") for name in ("name", "email", "phone")}
        return flow.onwards(flow.answers | {"typed_contact": typed})
    initial = flow.answers.get("contact") or flow.answers.get("typed_contact") or {}
    form = ContactForm(
        request.POST or None, may_be_anonymous=allowed, is_known=known is not None,
        initial={"how": "details" if known else None} | initial,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        return flow.onwards(flow.answers | {"contact": _kept(form.cleaned_data, known is not None)})
    phone = national(known.phone) if known and known.phone else ""
    shown = {"form": form, "known": known, "phone": phone, "allowed": allowed}
    return flow.page("contact.html", **shown, status=422 if form.errors else 200)


def _kept(cleaned: dict[str, Any], is_known: bool) -> dict[str, Any]:
    """What the draft keeps: nothing about somebody who stays anonymous or whom we know."""
    if cleaned["how"] == "anonymous":
        return {"how": "anonymous"}
    kept = {"how": "details", "shows_name": bool(cleaned.get("shows_name"))}
    return kept if is_known else kept | {name: cleaned.get(name, "") for name in ("name", "email", "phone")}
