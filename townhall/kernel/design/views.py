"""The council's colours and pins as files, the page of parts, and the pages that say something went wrong."""

import logging
import math
import sys
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template import loader
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from townhall.kernel.design import context, pins, registries, rules, shapes
from townhall.kernel.design.samples import parts_samples
from townhall.kernel.design.statuses import STATUSES

log = logging.getLogger("townhall.errors")
HOUR_SECONDS = 60 * 60
YEAR_SECONDS = 365 * 24 * HOUR_SECONDS
MINUTE = timedelta(minutes=1)
NO_DATABASE = (OperationalError, InterfaceError)
AWAY_SECONDS = 10
MOST_KEPT = 100_000
"""Characters of a form that an error page keeps."""


@dataclass(frozen=True)
class Trouble:
    """What an error page says. `staff` is what it says after the title to an officer; empty for the same as to all.
    `again` are the fields of a form that the page keeps, to be sent again.
    """

    status: int
    title: str
    lead: str
    more: str = ""
    staff: str = ""
    again: tuple[tuple[str, str], ...] = ()


def theme(request: HttpRequest) -> HttpResponse:
    """The council's colours as a style sheet."""
    colours = _colours()
    lines = [f"--{name.replace('_', '-')}:{getattr(colours, name)};" for name in rules.Theme.__dataclass_fields__]
    return _kept(request, HttpResponse(":root{" + "".join(lines) + "}\n", content_type="text/css; charset=utf-8"))


def emblem(request: HttpRequest) -> HttpResponse:
    """A stand-in emblem in the council's two colours, for the browser's tab."""
    colours = _colours()
    drawing = shapes.emblem(colours.council_1, colours.accent_on_council_1, colours.on_council_1)
    return _svg(request, f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 46 46">{drawing}</svg>')


def pin(request: HttpRequest, status: str) -> HttpResponse:
    """A map pin. `?chosen`, `?late`, `?focus` change it. Raises Http404 for a status there is not."""
    if status not in STATUSES:
        raise Http404(status)
    drawing = pins.pin(
        status, is_chosen="chosen" in request.GET, is_late="late" in request.GET, has_focus="focus" in request.GET
    )
    return _svg(request, drawing)


def cluster(request: HttpRequest) -> HttpResponse:
    """A cluster's ring from counts, as `?received=5&booked=6&late=3`. Counts over a million are drawn as a million."""
    counts = {status: _count(request, status) for status in STATUSES}
    if not any(counts.values()):
        raise Http404("no counts")
    return _svg(request, pins.cluster(counts, late=_count(request, "late")))


def parts(request: HttpRequest) -> HttpResponse:
    """Every part at once, to look at and to test. Raises Http404 on a real council's site."""
    if not (settings.TOWNHALL_DEMO or settings.DEBUG):
        raise Http404("parts")
    return render(request, "design/parts_page.html", parts_samples(timezone.now()))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent could not be read."""
    lead = _("Something in the address or the form was not as it should be.")
    return _say(request, Trouble(400, _("We could not read that"), lead), exception)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: not for this person."""
    lead = _("This page is for someone else, or for another team.")
    staff = _("It is another team's, or needs a role that you do not have. Whoever has it can pass it to your team.")
    return _say(request, Trouble(403, _("You cannot see this page"), lead, staff=staff), exception)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was open too long, or came from another site. `reason` is Django's, for the log."""
    lead = _("The form was open for a long time, or you signed in or out in another tab. Nothing was changed.")
    more = _("Go back, copy what you typed, load the page again and send it.")
    return _say(request, Trouble(403, _("We could not accept that form"), lead, more), PermissionDenied(reason))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page."""
    lead = _("The address may be mistyped, or the page may have moved.")
    staff = _("The reference or the address may be mistyped. Look for the reference, a name or a street above.")
    return _say(request, Trouble(404, _("There is no page here"), lead, staff=staff), exception)


def too_many(request: HttpRequest, exception: Exception | None = None, *, wait: timedelta = MINUTE) -> HttpResponse:
    """429: asked too often. `wait` is how long until the next try."""
    minutes = max(1, math.ceil(wait / MINUTE))
    lead = ngettext("Try again in %(count)s minute.", "Try again in %(count)s minutes.", minutes) % {"count": minutes}
    response = _say(request, Trouble(429, _("That was too many tries"), lead), exception)
    response["Retry-After"] = str(minutes * 60)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500: the fault is ours; 503 where the database is away or full. Needs no database and no session."""
    if isinstance(sys.exc_info()[1], NO_DATABASE):
        return database_away(request)
    lead = _("The fault is ours. What you typed may not have been saved.")
    more = _("Go back and send it again in a minute. If it fails again, tell us.")
    staff = _("The fault is ours. Look whether your last step is on the case before you do it again.")
    return _say(request, Trouble(500, _("We could not do that"), lead, more, staff=staff))


def unavailable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """503: closed for a short while. Needs no database and no session."""
    lead = _("We are working on this site. Try again in a few minutes.")
    response = _say(request, Trouble(503, _("This site is closed for a short while"), lead), exception)
    response["Retry-After"] = "300"
    return response


def database_away(request: HttpRequest) -> HttpResponse:
    """503: the database is away or cannot write. A form that was sent is kept on the page, to be sent again."""
    again = _typed(request)
    lead = _("Our records cannot be reached at the moment. We are bringing them back.")
    more = ""
    if again:
        more = _("What you typed is kept on this page. Wait a few seconds, then send it again.")
    elif request.method == "POST":
        more = _("It may not have been saved. Go back, wait a few seconds, then send it again.")
    if again and request.FILES:
        more = _("What you typed is kept on this page, but not the files: send it again, then add the files again.")
    title = _("We could not do that just now")
    response = _say(request, Trouble(503, title, lead, more, again=again))
    response["Retry-After"] = str(AWAY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def _typed(request: HttpRequest) -> tuple[tuple[str, str], ...]:
    """The fields of the form that was sent; none where it holds a password, is too long, or cannot be read."""
    if request.method != "POST":
        return ()
    try:
        fields = tuple((name, value) for name, values in request.POST.lists() for value in values)
    except (OSError, ValueError, SuspiciousOperation, MultiPartParserError):
        return ()
    is_secret = any("password" in name for name, _value in fields)
    return () if is_secret or sum(len(value) for _name, value in fields) > MOST_KEPT else fields


def _say(request: HttpRequest, trouble: Trouble, exception: Exception | None = None) -> HttpResponse:
    """The error page, with a code to say on the telephone that the log holds too.

    Officers' addresses have the officers' shell, for staff; a fault cannot ask who reads and goes by the address.
    """
    request_id = getattr(request, "request_id", "") or f"{id(request):x}"
    code = rules.spoken_code(request_id)
    kind = type(exception).__name__ if exception else ""
    log.info(
        "error page shown",
        extra={"status": trouble.status, "spoken_code": code, "request_id": request_id, "kind": kind},
    )
    said = {"trouble": trouble, "code": code, "now": timezone.now()}
    is_for_staff = context.is_for_staff(request)
    if trouble.status >= 500:
        basics = context.basics(request, face=context.safe_face())
        page = loader.get_template(f"design/{_page(is_for_staff)}").render(basics | said)
        return HttpResponse(page, status=trouble.status)
    is_for_staff = is_for_staff and context.works_here(request)
    return render(request, f"design/{_page(is_for_staff)}", said, status=trouble.status)


def _page(is_for_staff: bool) -> str:
    return "officer_error.html" if is_for_staff else "error.html"


def _colours() -> rules.Theme:
    """The theme of this council; ours stands in where a council gave something that is no colour."""
    face = context.face_now_or_last()
    try:
        return rules.theme(face.council_1, face.council_2)
    except rules.ColourError:
        return rules.theme(registries.Face.council_1, registries.Face.council_2)


def _count(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "0")
    return min(int(text), 1_000_000) if text.isdecimal() and text.isascii() and len(text) < 12 else 0


def _svg(request: HttpRequest, drawing: str) -> HttpResponse:
    return _kept(request, HttpResponse(drawing, content_type="image/svg+xml"))


def _kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An answer that browsers keep: for a year under an address that changes with the colours, else for an hour."""
    seconds = YEAR_SECONDS if "v" in request.GET else HOUR_SECONDS
    response["Cache-Control"] = f"public, max-age={seconds}"
    return response
