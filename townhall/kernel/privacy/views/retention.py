"""How long things are kept: read by all, set by administrators, tried before it is done."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from townhall.kernel.identity.permissions import proved_lately, requires
from townhall.kernel.jobs import actions as jobs
from townhall.kernel.privacy import actions, selectors
from townhall.kernel.privacy.forms import PeriodForm


@requires("privacy.disclose")
@proved_lately
def retention(request: HttpRequest) -> HttpResponse:
    """Every holding with its period; another period is set a holding at a time."""
    form = PeriodForm(request.POST or None)
    person: Any = request.user
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_period(
                key=form.cleaned_data["key"], days=form.cleaned_data["days"], by=person, at=timezone.now()
            )
        except KeyError:
            form.add_error("days", _("There is no such holding"))
        else:
            return redirect("privacy:retention")
    context = {"register": selectors.register(), "form": form}
    return render(request, "privacy/retention.html", context, status=422 if form.errors else 200)


@require_POST
@requires("privacy.disclose")
@proved_lately
def run(request: HttpRequest) -> HttpResponse:
    """Forget what is old now, or count it first."""
    person: Any = request.user
    is_trial = request.POST.get("trial") == "1"
    title = _("Counting what is old") if is_trial else _("Forgetting what is old")
    work = jobs.start("privacy.forget", title=title, owner=person, is_trial=is_trial)
    return redirect("jobs:progress", work.pk)
