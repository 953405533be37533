"""Setting up this council and its neighbours."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from townhall.council.casework.actions import Outcome
from townhall.council.casework.actions.council import save_council
from townhall.council.casework.council_forms import CouncilForm, NeighbourForm
from townhall.council.casework.views.undoing import remember, toast
from townhall.kernel.authority import selectors as authority
from townhall.kernel.authority.rules import Authority
from townhall.kernel.design import rules as design
from townhall.kernel.identity.permissions import requires


@require_http_methods(["GET", "POST"])
@requires("identity.set_up")
def council(request: HttpRequest) -> HttpResponse:
    """This council. Its colours can be looked at, with their contrast, before they are kept."""
    ours = authority.ours()
    form = CouncilForm(request.POST if request.method == "POST" else None, known=ours)
    only_looks = "look" in request.POST
    if request.method == "POST" and form.is_valid() and not only_looks:
        code = ours.gss_code or form.cleaned_data["gss_code"]
        save_council(code, by=_person(request), at=timezone.now(), is_ours=True, **form.changes())
        remember(request, Outcome((), ()), _("Kept. Every page shows it within a minute."), undoable=False)
        return redirect("casework:council")
    shown = {
        "form": form, "toast": toast(request), "neighbours": authority.neighbours(), "gss_code": ours.gss_code,
        "theme": _theme(form, ours), "design": design, "only_looks": only_looks,
    }  # fmt: skip
    return render(request, "casework/council.html", shown, status=422 if form.errors and not only_looks else 200)


@require_http_methods(["GET", "POST"])
@requires("identity.set_up")
def neighbour(request: HttpRequest, code: str = "") -> HttpResponse:
    """Change a neighbour, or add one."""
    known = authority.by_code(code)
    if code and (known is None or known.is_ours):
        raise Http404(code)
    form = NeighbourForm(request.POST if request.method == "POST" else None, known=known)
    if request.method == "POST" and form.is_valid():
        save_council(code or form.cleaned_data["gss_code"], by=_person(request), at=timezone.now(), **form.changes())
        remember(request, Outcome((), ()), _("Kept."), undoable=False)
        return redirect("casework:council")
    shown = {"form": form, "known": known, "has_key": bool(code) and bool(authority.open311_key(code))}
    return render(request, "casework/neighbour.html", shown, status=422 if form.errors else 200)


def _person(request: HttpRequest) -> Any:
    return request.user


def _theme(form: CouncilForm, ours: Authority) -> design.Theme:
    """The theme of the colours that were typed; of the ones we have where those are none."""
    typed = form.data.get("colour_1", ours.colour_1), form.data.get("colour_2", ours.colour_2)
    try:
        return design.theme(*typed)
    except design.ColourError:
        return design.theme(ours.colour_1, ours.colour_2)
