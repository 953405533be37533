"""Two versions of a service side by side, whichever two: published, planned, put away or being written."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from townhall.kernel.identity.permissions import requires
from townhall.residents.editor import sayings, selectors
from townhall.residents.editor.selectors import Side
from townhall.residents.services import selectors as services


def sides_of(request: HttpRequest, slug: str) -> list[Side]:
    """The versions and drafts that may be looked at. Raises Http404, and PermissionDenied where none may be."""
    found = selectors.sides(slug, request.user)
    if not found and not selectors.is_known(slug):
        raise Http404
    if not found:
        raise PermissionDenied("services.edit")
    return found


def side_of(request: HttpRequest, slug: str, key: str) -> Side:
    """The one of a key. Raises Http404, and PermissionDenied where none may be looked at."""
    side = selectors.side(slug, key, request.user)
    if side is None:
        sides_of(request, slug)
        raise Http404
    return side


@require_safe
@requires("services.edit")
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed from one to the other: for residents first, then for colleagues, then line by line. Where the
    address names none, the live version and the latest other one.
    """
    found = sides_of(request, slug)
    live = next((each for each in found if each.state == "live"), found[-1])
    other = next((each for each in found if each != live), live)
    usual = (live, other) if other.is_draft else (other, live)
    before, after = (
        side_of(request, slug, key) if key else otherwise
        for key, otherwise in zip((request.GET.get("before"), request.GET.get("after")), usual, strict=True)
    )
    shown = {
        "slug": slug, "sides": found, "before": before, "after": after, "title": live.title,
        "says": sayings, "language": services.language(),
        "compared": selectors.compared(slug, before.files, after.files, timezone.now()),
    }  # fmt: skip
    return render(request, "editor/compare.html", shown)
