"""Following a report by e-mail or account, and stopping."""
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from townhall.kernel.identity.actions import within_limit
from townhall.residents.reports import actions, selectors
from townhall.residents.reports.forms import FollowForm
from townhall.residents.reports.models import Report
from townhall.residents.reports.views.flow import signed_in
from townhall.residents.reports.views.reading import open_report, show

FOLLOWS = 10
"""Addresses that one visitor may have us write to in an hour."""


@require_POST
@open_report
def follow(request: HttpRequest, found: Report, is_own: bool) -> HttpResponse:
    """Follow: at once for whoever is signed in; by a letter to confirm for an address."""
    person, said = signed_in(request), "following"
    if person is None:
        form = FollowForm(request.POST)
        if not form.is_valid():
            return show(request, found, is_own, follow_form=form, status=422)
        source = request.META.get("REMOTE_ADDR", "")
        if not within_limit(f"reports.follow:{source}", FOLLOWS, seconds=3600, at=timezone.now()):
            return _to(found, "too_many")
        actions.follow(
            report=found, email=form.cleaned_data["email"], language=selectors.language(), at=timezone.now()
        )
        said = "asked"
    else:
        actions.follow(report=found, person=person, language=person.language, at=timezone.now())
    return _to(found, said)


def _to(found: Report, said: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("reports:report", args=[found.case.reference]) + f"?said={said}#follow")


def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """The address answers our letter; pressing the button confirms, so that a mail scanner's visit does not."""
    follower = actions.follower_of_key(key)
    if follower is None:
        return render(request, "reports/dead_link.html", status=404)
    if request.method == "POST":
        actions.confirm(follower=follower, at=timezone.now())
        return _to(follower.report, "following")
    return render(request, "reports/follow.html", {"case": follower.report.case, "does": "confirm"})


def unfollow(request: HttpRequest, key: str) -> HttpResponse:
    """Stop following; also for what e-mail programmes send by themselves (RFC 8058)."""
    follower = actions.follower_of_key(key)
    if follower is None:
        return render(request, "reports/follow.html", {"does": "stopped"})
    if request.method == "POST":
        actions.unfollow(follower=follower)
        return render(request, "reports/follow.html", {"case": follower.report.case, "does": "stopped"})
    return render(request, "reports/follow.html", {"case": follower.report.case, "does": "stop"})


@require_POST
@open_report
def stop(request: HttpRequest, found: Report, is_own: bool) -> HttpResponse:  # noqa: ARG001
    """A signed-in person stops following."""
    person = signed_in(request)
    follower = found.followers.filter(person=person).first() if person else None
    if follower is not None:
        actions.unfollow(follower=follower)
    return _to(found, "stopped")
