"""Save for later: on this device, and by a mailed link on any other."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from townhall.kernel.identity.actions import within_limit
from townhall.residents.reports import actions, selectors
from townhall.residents.reports.forms import FollowForm
from townhall.residents.reports.models import Draft
from townhall.residents.reports.rules import steps
from townhall.residents.reports.views.flow import Flow, draft_of, secret_of, signed_in, with_cookie

FROM_ONE_PLACE = 10
"""Links that one visitor may have us mail in an hour."""
TO_ONE_ADDRESS = 5
"""Links that may be mailed to one address in a day, whoever asks."""


def kept(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The report is kept for later: until when, and how to come back to it, here or on another device."""
    flow = Flow(request, draft_of(request, draft_id), "what")
    if flow.draft.report_id:
        return redirect("reports:sent", draft_id)
    flow.step = steps.next_step(flow.answers, flow.asks)
    typed = flow.answers.get("contact") or flow.answers.get("typed_contact") or {}
    person = signed_in(request)
    known = typed.get("email", "") or ((person.email or "") if person else "")
    return _kept_page(flow, FollowForm(initial={"email": known}), mailed_to=request.session.pop(_said(draft_id), ""))


def _said(draft_id: UUID) -> str:
    """Where the address that was just written to is kept until the page has said so."""
    return f"saved_{draft_id}"


def _kept_page(flow: Flow, form: FollowForm, *, status: int = 200, mailed_to: str = "") -> HttpResponse:
    response = flow.page(
        "kept.html", status=status, until=flow.draft.gone_at, form=form, mailed_to=mailed_to,
        next_url=flow.url(steps.next_step(flow.answers, flow.asks)),
    )  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def mail_link(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Mail a link to the draft. What a caller tells is not mailed: the officer finishes it."""
    flow = Flow(request, draft_of(request, draft_id), "what")
    if flow.draft.report_id or flow.draft.taken_by_id:
        return redirect("reports:kept", draft_id)
    flow.step = steps.next_step(flow.answers, flow.asks)
    form = FollowForm(request.POST)
    if not form.is_valid():
        return _kept_page(flow, form, status=422)
    email = form.cleaned_data["email"]
    try:
        _must_be_few(request, email)
        actions.mail_link(draft=flow.draft, email=email, language=selectors.language(), at=timezone.now())
    except actions.TooManyLinks:
        form.add_error("email", _("We have mailed enough links for now. Try again tomorrow."))
        return _kept_page(flow, form, status=429)
    except actions.CannotMail:
        form.add_error("email", _("We cannot send e-mail now. Your report is still kept on this device."))
        return _kept_page(flow, form, status=503)
    request.session[_said(draft_id)] = email
    return redirect("reports:kept", draft_id)


def _must_be_few(request: HttpRequest, email: str) -> None:
    """Raise TooManyLinks where this visitor, or anyone for this address, has had too many."""
    source, at = request.META.get("REMOTE_ADDR", ""), timezone.now()
    within = within_limit(f"reports.saved:{source}", FROM_ONE_PLACE, seconds=3_600, at=at)
    if not (within and within_limit(f"reports.saved.to:{email}", TO_ONE_ADDRESS, seconds=86_400, at=at)):
        raise actions.TooManyLinks


@require_http_methods(["GET", "POST"])
def open_saved(request: HttpRequest, secret: str) -> HttpResponse:
    """A mailed link: pressing the button opens the draft on this device, so that a mail scanner's visit does not."""
    draft = actions.draft_of_link(secret)
    if draft is None:
        return _private(render(request, "reports/saved.html", {"draft": None}, status=404))
    if request.method == "POST" and draft.report_id is None:
        return _opened(request, draft)
    return _private(render(request, "reports/saved.html", {"draft": draft, "until": draft.gone_at}))


def _opened(request: HttpRequest, draft: Draft) -> HttpResponse:
    device = secret_of(request)
    actions.open_on(draft=draft, secret=device)
    return with_cookie(redirect("reports:go_on", draft.pk), device)


def _private(response: HttpResponse) -> HttpResponse:
    """The answer, kept by nobody: its address is a secret, told to no other site. With no referrer a browser would
    send its form from nowhere, and that is refused.
    """
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
