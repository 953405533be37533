"""The council's colours and pins as files, the page of parts, and the pages that say something went wrong."""
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from townhall.kernel.design import context, pins, registries, rules, shapes
from townhall.kernel.design.samples import parts_samples
from townhall.kernel.design.statuses import STATUSES

log = logging.getLogger("townhall.errors")
DAY_SECONDS = 24 * 60 * 60


def theme(request: HttpRequest) -> HttpResponse:
    """The council's colours as a style sheet."""
    face = _face()
    names = rules.theme(face.council_1, face.council_2)
    lines = [f"--{name.replace('_', '-')}:{getattr(names, name)};" for name in rules.Theme.__dataclass_fields__]
    return _kept(HttpResponse(":root{" + "".join(lines) + "}\n", content_type="text/css; charset=utf-8"))


def emblem(request: HttpRequest) -> HttpResponse:
    """A stand-in emblem in the council's two colours, for the browser's tab."""
    face = _face()
    colours = rules.theme(face.council_1, face.council_2)
    drawing = shapes.emblem(colours.council_1, colours.accent_on_council_1, colours.on_council_1)
    return _svg(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 46 46">{drawing}</svg>')


def pin(request: HttpRequest, status: str) -> HttpResponse:
    """A map pin. `?chosen`, `?late`, `?focus` change it. Raises Http404 for a status there is not."""
    if status not in STATUSES:
        raise Http404(status)
    drawing = pins.pin(
        status, is_chosen="chosen" in request.GET, is_late="late" in request.GET, has_focus="focus" in request.GET
    )
    return _svg(drawing)


def cluster(request: HttpRequest) -> HttpResponse:
    """A cluster's ring from counts, as `?received=5&booked=6&late=3`. Counts over a million are drawn as a million."""
    counts = {status: _count(request, status) for status in STATUSES}
    if not any(counts.values()):
        raise Http404("no counts")
    return _svg(pins.cluster(counts, late=_count(request, "late")))


def parts(request: HttpRequest) -> HttpResponse:
    """Every part at once, to look at and to test."""
    return render(request, "design/parts_page.html", parts_samples(timezone.now()))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent could not be read."""
    return _say(request, 400, _("We could not read that"), _("Something in the address or the form was not as it should be."))


def permission_denied(request: HttpRequest, exception: PermissionDenied | None = None) -> HttpResponse:
    """403: not for this person."""
    lead = _("This page is for someone else, or for another team.")
    return _say(request, 403, _("You cannot see this page"), lead)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was open too long, or came from another site."""
    lead = _("The form was open for a long time, or you signed in or out in another tab. Nothing was changed.")
    more = _("Go back, copy what you typed, load the page again and send it.")
    return _say(request, 403, _("We could not accept that form"), lead, more)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page."""
    lead = _("The address may be mistyped, or the page may have moved.")
    return _say(request, 404, _("There is no page here"), lead)


def too_many(request: HttpRequest, exception: Exception | None = None, *, wait: timedelta | None = None) -> HttpResponse:
    """429: asked too often. `wait` is how long until the next try."""
    minutes = max(1, round((wait or timedelta(minutes=1)).total_seconds() / 60))
    lead = ngettext("Try again in %(count)s minute.", "Try again in %(count)s minutes.", minutes) % {"count": minutes}
    response = _say(request, 429, _("That was too many tries"), lead)
    response["Retry-After"] = str(minutes * 60)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500: the fault is ours. Needs no database and no session."""
    lead = _("The fault is ours. What you typed may not have been saved.")
    more = _("Go back and send it again in a minute. If it fails again, tell us.")
    return _say(request, 500, _("We could not do that"), lead, more, is_safe=True)


def unavailable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """503: closed for a short while. Needs no database and no session."""
    lead = _("We are working on this site. Try again in a few minutes.")
    response = _say(request, 503, _("This site is closed for a short while"), lead, is_safe=True)
    response["Retry-After"] = "300"
    return response


def _say(
    request: HttpRequest, status: int, title: str, lead: str, more: str = "", *, is_safe: bool = False
) -> HttpResponse:
    """The error page, with a code to say on the telephone that the log holds too."""
    request_id = getattr(request, "request_id", "") or f"{id(request):x}"
    code = rules.spoken_code(request_id)
    log.warning("error page shown", extra={"status": status, "spoken_code": code, "request_id": request_id})
    said = {"status": status, "error_title": title, "lead": lead, "more": more, "code": code, "now": timezone.now()}
    if is_safe:
        page = loader.get_template("design/error.html").render(context.basics(request) | said)
        return HttpResponse(page, status=status)
    return render(request, "design/error.html", said, status=status)


def _face() -> registries.Face:
    face: Callable[[], registries.Face] | None = registries.faces.get("council")
    return face() if face else registries.Face()


def _count(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "0")
    return min(int(text), 1_000_000) if text.isdecimal() and text.isascii() and len(text) < 12 else 0


def _svg(drawing: str) -> HttpResponse:
    return _kept(HttpResponse(drawing, content_type="image/svg+xml"))


def _kept(response: HttpResponse, **more: Any) -> HttpResponse:
    response["Cache-Control"] = f"public, max-age={DAY_SECONDS}"
    return response
