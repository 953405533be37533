"""Whoever applied looks after a signature that they wait for: another address, once more, or no more."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from townhall.residents.services import actions, selectors
from townhall.residents.services.forms import SignerForm
from townhall.residents.services.models import Signing
from townhall.residents.services.views.flow import application_of, private


@require_http_methods(["GET", "POST"])
def signature(request: HttpRequest, application_id: UUID, signing_id: UUID) -> HttpResponse:
    """Who is asked to sign and how that stands; written to again or withdrawn while it is open."""
    application = application_of(request, application_id)
    signing = Signing.objects.filter(application=application, pk=signing_id).first()
    if signing is None:
        raise Http404
    signing.application = application
    form = SignerForm(initial={"name": signing.name, "email": signing.email})
    if request.method != "POST" or not selectors.is_open_at(signing, timezone.now()):
        return _page(request, signing, form)
    if request.POST.get("_do") == "withdraw":
        return _withdraw(signing)
    form = SignerForm(request.POST)
    return _ask_again(request, signing, form) if form.is_valid() else _page(request, signing, form, 422)


def _withdraw(signing: Signing) -> HttpResponse:
    try:
        actions.withdraw_signature(signing_id=signing.pk, at=timezone.now())
    except actions.TooLate:
        return redirect("services:signature", signing.application_id, signing.pk)
    return redirect("services:sent", signing.application_id)


def _ask_again(request: HttpRequest, signing: Signing, form: SignerForm) -> HttpResponse:
    said = form.cleaned_data
    try:
        actions.ask_again(signing_id=signing.pk, name=said["name"], email=said["email"], at=timezone.now())
    except actions.TooManyLinks:
        form.add_error("email", _("We have written often enough about this signature. Call us."))
        return _page(request, signing, form, 429)
    except actions.CannotMail:
        form.add_error("email", _("We cannot write to this address today. Try again tomorrow."))
        return _page(request, signing, form, 503)
    except actions.TooLate:
        pass
    return redirect("services:signature", signing.application_id, signing.pk)


def _page(request: HttpRequest, signing: Signing, form: SignerForm, status: int = 200) -> HttpResponse:
    application, spoken = signing.application, selectors.language()
    question = selectors.package(application.version).form.questions.get(signing.question)
    label = question.label.said(spoken) if question else _("Signature of somebody else")
    context = {
        "signing": signing, "form": form, "application": application, "case": application.case, "label": label,
        "name": application.version.title(spoken), "line": selectors.line_of(signing),
        "is_open": selectors.is_open_at(signing, timezone.now()),
    }  # fmt: skip
    return private(render(request, "services/signature.html", context, status=status))
