"""Where partners of services are written to, for administrators; and what a partner may tell by their letter's link."""

from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from townhall.kernel.identity.models import Person
from townhall.kernel.identity.permissions import requires
from townhall.residents.services import actions, selectors
from townhall.residents.services.forms import PartnerForm
from townhall.residents.services.models import Application
from townhall.residents.services.views.flow import private
from townhall.residents.services.views.taking import Sender, Sent, shown, take

set_up = requires("identity.set_up")


@require_safe
@set_up
def listing(request: HttpRequest) -> HttpResponse:
    """The partners of all services, and where each is written to."""
    return render(request, "services/partners.html", {"partnerships": selectors.partnerships()})


@require_http_methods(["GET", "POST"])
@set_up
def address(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Set up, change or take away the address of one partner."""
    found = next((each for each in selectors.partnerships() if (each.slug, each.name) == (slug, name)), None)
    if found is None:
        raise Http404
    known = {"email": found.address.email, "language": found.address.language} if found.address else None
    form = PartnerForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        by = cast("Person", request.user)
        actions.set_partner_address(slug=slug, name=name, **form.cleaned_data, by=by, at=timezone.now())
        return redirect("services:partners")
    context = {"form": form, "partnership": found}
    return render(request, "services/partner_address.html", context, status=422 if form.errors else 200)


@require_safe
def partner(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """What a partner may tell about a case that they were written to about; nothing of its answers is shown."""
    application, name = _theirs(request, application_id)
    query = urlencode({"key": request.GET["key"]})
    found = [each for each in selectors.tellings_of_partner(application, name) if each.is_waited]
    pages = [reverse("services:partner_tell", args=[application.pk, each.message]) for each in found]
    words = [each.title.said(selectors.language()) for each in found]
    choices = [(said, f"{page}?{query}") for said, page in zip(words, pages, strict=True)]
    context = _about(application, name) | {"choices": choices}
    return private(render(request, "services/partner.html", context))


@require_http_methods(["GET", "POST"])
def partner_tell(request: HttpRequest, application_id: UUID, message: str) -> HttpResponse:
    """A partner tells the process something. What it does not wait for any more leads back."""
    application, name = _theirs(request, application_id)
    back = f"{reverse('services:partner', args=[application.pk])}?{urlencode({'key': request.GET['key']})}"
    telling = next((each for each in selectors.tellings_of_partner(application, name) if each.message == message), None)
    sent = Sent()
    if telling is not None and request.method == "POST":
        source = selectors.package(application.version).service.partners[name].text.en
        sent = take(request, telling, Sender(actions.owner_of(request.GET["key"]), source=source))
    if telling is None or sent is None or not (telling.is_waited or request.method == "POST"):
        return redirect(f"{back}&told=yes" if telling and sent is None else back)
    context = shown(request, telling, sent) | _about(application, name) | {"back": back}
    return private(render(request, "services/do.html", context, status=sent.status))


def _theirs(request: HttpRequest, application_id: UUID) -> tuple[Application, str]:
    """The application and the partner whose link it is. Raises Http404."""
    application = selectors.of_case(application_id)
    name = actions.partner_of_key(application, request.GET.get("key", "")) if application else ""
    if application is None or name not in selectors.package(application.version).service.partners:
        raise Http404
    return application, name


def _about(application: Application, name: str) -> dict[str, object]:
    held, spoken = selectors.package(application.version), selectors.language()
    return {
        "name": held.service.name.said(spoken), "partner": held.service.partners[name].text.said(spoken),
        "case": application.case,
    }  # fmt: skip
