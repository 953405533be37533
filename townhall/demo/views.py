"""The demo's start page: walk in as anyone, and start again. Exists only where TOWNHALL_DEMO is 1."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from townhall.demo.models import Borough
from townhall.demo.roles import roles_of
from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases.models import Case
from townhall.kernel.identity import actions as identity
from townhall.kernel.identity.models import Person

MOST_PINS = 40
APART_METRES = 260


def start(request: HttpRequest) -> HttpResponse:
    """One button for each role, what to try in one minute, and the neighbours."""
    context = {
        "roles": roles_of(authority.ours().tier),
        "borough": Borough.objects.first(),
        "neighbours": authority.neighbours(),
        "pins": _pins(),
        "is_starting": (settings.TOWNHALL_HOME / "start-again").exists(),
        "can_start_again": (settings.TOWNHALL_HOME / "first-kept").exists(),
    }
    return render(request, "demo/start.html", context)


def _pins() -> str:
    """The newest public cases that do not lie on one another, as the drawn map takes them."""
    kept: list[Case] = []
    for case in Case.objects.filter(is_public=True).exclude(point=None).order_by("-opened_at")[:300]:
        if all(max(abs(x), abs(y)) > APART_METRES for x, y in (_between(case, other) for other in kept)):
            kept.append(case)
    return ";".join(f"{case.point.easting:.0f},{case.point.northing:.0f},{case.status}" for case in kept[:MOST_PINS])


def _between(case: Case, other: Case) -> tuple[float, float]:
    return case.point.easting - other.point.easting, case.point.northing - other.point.northing


@require_POST
def walk_in(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in as the synthetic person of a role and go to where that person begins."""
    chosen = next((one for one in roles_of(authority.ours().tier) if one.code == role), None)
    if chosen is None:
        raise Http404(role)
    identity.sign_in_as(request, get_object_or_404(Person, email=chosen.email), at=timezone.now())
    try:
        return redirect(reverse(chosen.begins_at))
    except NoReverseMatch:
        return redirect("/")


@require_POST
def start_again(_request: HttpRequest) -> HttpResponse:
    """Ask the terminal that runs the demo to put the borough back; it takes a few seconds and signs everybody out."""
    (settings.TOWNHALL_HOME / "start-again").touch()
    response = redirect("demo:start")
    response["Refresh"] = f"4;url={reverse('demo:start')}"
    return response
