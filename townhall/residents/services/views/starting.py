"""What there is to apply for, what to know before, and beginning."""

from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from townhall.kernel.cases.registries import ON_BEHALF
from townhall.kernel.catalogue.forms.engine import asked
from townhall.kernel.catalogue.packages.model import Package
from townhall.kernel.identity.actions import within_limit
from townhall.kernel.identity.models import Person
from townhall.kernel.identity.permissions import allows
from townhall.residents.services import actions, rules, selectors
from townhall.residents.services.models import Version
from townhall.residents.services.views.flow import (
    Flow,
    application_of,
    device_of,
    secret_of,
    signed_in,
    signed_out_of,
    to,
    with_cookie,
)

MOST_BEGUN = 60
"""Applications that one visitor may begin in an hour."""
KEEP_SECONDS = 31_536_000


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """All services, or those that fit what was typed."""
    text = request.GET.get("q", "").strip()[:200]
    mine = selectors.in_the_making(device_of(request), request.user)
    context = {"q": text, "found": selectors.search(text), "mine": mine}
    return render(request, "services/index.html", context)


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Who can apply, what it costs, how long it takes and by which law; the application begins when it is pressed."""
    version = selectors.live_version(slug)
    if version is None:
        raise Http404
    is_offered = selectors.is_offered(version)
    if request.method == "POST" and is_offered:
        return _begin(request, version)
    begun = [each for each in selectors.in_the_making(device_of(request), request.user) if each.version.slug == slug]
    package, (caller, taken_by) = selectors.package(version), on_behalf(request)
    context = {
        "version": version, "service": package.service, "package": package, "begun": begun, "caller": caller,
        "taken_by": taken_by, "is_offered": is_offered,
        "spans": _spans(package), "fees": selectors.fees(package, timezone.now()), "language": selectors.language(),
    }  # fmt: skip
    return render(request, "services/start.html", context, status=409 if request.method == "POST" else 200)


def _spans(held: Package) -> dict[str, str]:
    about = held.service
    return {"target": selectors.span_words(about.target), "retention": selectors.span_words(about.retention.span)}


def _begin(request: HttpRequest, version: Version) -> HttpResponse:
    at = timezone.now()
    if not within_limit(f"services.begun:{request.META.get('REMOTE_ADDR', '')}", MOST_BEGUN, seconds=3_600, at=at):
        return render(request, "services/too_many.html", {"version": version}, status=429)
    caller, taken_by = on_behalf(request)
    person = caller if taken_by else signed_in(request)
    package, secret = selectors.package(version), secret_of(request)
    known = selectors.contact_known(person) if person else rules.Contact()
    answers = rules.prefilled(package.form, package.service.applicant, known)
    first = next(iter(rules.names_of(asked(package.form, answers, selectors.facts(at)).pages)), rules.CHECK)
    made = actions.start_application(
        version=version, secret=secret, language=selectors.language(), at=at, person=person, taken_by=taken_by,
        answers=answers, page=first,
    )  # fmt: skip
    flow = Flow(request, made)
    return with_cookie(to(flow.url("tasks") if flow.form.sections else flow.page_url(first)), secret)


def on_behalf(request: HttpRequest) -> tuple[Person | None, Person | None]:
    """The caller and the officer who writes for them; nobody and nobody for a resident."""
    key = request.session.get(ON_BEHALF) if request.user.is_authenticated else None
    if not key or not allows(request.user, "identity.work_here"):
        return None, None
    officer = Person.objects.filter(pk=request.user.pk).first()
    return (None if key == "nobody" else Person.objects.filter(pk=key).first()), officer


@require_safe
def go_on(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Go on where it was left; whoever was signed out signs in first."""
    if signed_out_of(request, application_id) is not None:
        return redirect_to_login(request.get_full_path())
    flow = Flow(request, application_of(request, application_id))
    if flow.application.is_sent:
        return redirect("services:sent", application_id)
    return to(flow.url("tasks") if flow.form.sections else flow.next_url())


@require_safe
def browser_sheet(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """The form of a version, or of one of its tasks and messages (`of`), for `forms.js`: what is published, and never
    changes under this address.
    """
    version = Version.objects.defer("files").filter(pk=version_id).first()
    sheet = selectors.browser_sheet(version, request.GET.get("of", "")[:100]) if version else None
    if sheet is None:
        raise Http404
    response = JsonResponse(sheet)
    response.headers["Cache-Control"] = f"public, max-age={KEEP_SECONDS}, immutable"
    return response
