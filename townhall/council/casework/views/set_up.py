"""Setting up: the page that lists every set-up page, and the routing rules."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from townhall.council.casework import actions
from townhall.council.casework.actions import Outcome
from townhall.council.casework.routing_forms import RuleForm, TryForm
from townhall.council.casework.selectors import names
from townhall.council.casework.views.undoing import remember, toast
from townhall.kernel.cases import rules, selectors
from townhall.kernel.cases.models import Routing
from townhall.kernel.identity.permissions import requires
from townhall.kernel.identity.registries import set_up_pages


@require_GET
@requires("identity.set_up")
def index(request: HttpRequest) -> HttpResponse:
    """Every page on which something is set up, by group."""
    groups: dict[str, list[dict[str, str]]] = {}
    for page in sorted(set_up_pages, key=lambda each: each.order):
        try:
            address = reverse(page.url_name)
        except NoReverseMatch:
            continue
        entry = {"title": str(page.title), "text": str(page.text), "url": address}
        groups.setdefault(str(page.group), []).append(entry)
    rest = groups.pop("", [])
    groups |= {_("More"): rest} if rest else {}
    return render(request, "casework/set_up.html", {"groups": groups})


@require_GET
@requires("identity.set_up")
def list_rules(request: HttpRequest) -> HttpResponse:
    """The routing rules in the order in which they are tried, with a box to try them."""
    form = TryForm(request.GET) if "text" in request.GET else TryForm()
    tried = form.is_valid()
    routed = rules.route(selectors.routing_rules(), **form.cleaned_data) if tried else None
    found = list(Routing.objects.select_related("team"))
    shown = {
        "rules": [_told(rule) for rule in found], "form": form, "tried": tried, "routed": routed,
        "toast": toast(request),
        "winner": next((rule for rule in found if routed and str(rule.pk) == routed.rule.key), None),
    }  # fmt: skip
    return render(request, "casework/rules.html", shown)


def _told(rule: Routing) -> dict[str, Any]:
    categories, wards = names.categories(), names.wards()
    conditions = [
        (_("Category"), [names.category_title(categories.get(code), code) for code in rule.categories]),
        (_("Ward"), [wards.get(code, code) for code in rule.wards]),
        (_("Words"), rule.words),
        (_("Channel"), [str(names.CHANNELS.get(code, code)) for code in rule.channels]),
    ]
    return {"rule": rule, "conditions": [(name, ", ".join(values)) for name, values in conditions if values]}


@require_http_methods(["GET", "POST"])
@requires("identity.set_up")
def edit_rule(request: HttpRequest, rule_id: UUID | None = None) -> HttpResponse:
    """Change a routing rule, or make one."""
    rule = get_object_or_404(Routing, pk=rule_id) if rule_id else None
    form = RuleForm(request.POST or None, rule=rule)
    if request.method == "POST" and form.is_valid():
        person: Any = request.user
        kept = actions.save_rule(rule, by=person, at=timezone.now(), **form.cleaned_data)
        words = _("Rule “%(name)s” kept, version %(version)s.") % {"name": kept.name, "version": kept.version}
        remember(request, Outcome((), ()), words, undoable=False)
        return redirect("casework:rules")
    return render(request, "casework/rule.html", {"form": form, "rule": rule}, status=422 if form.errors else 200)


@require_POST
@requires("identity.set_up")
def move_rule(request: HttpRequest, rule_id: UUID) -> HttpResponse:
    """Try a rule one place earlier or later."""
    person: Any = request.user
    rule = get_object_or_404(Routing, pk=rule_id)
    actions.move_rule(rule, earlier=request.POST.get("to") == "earlier", by=person, at=timezone.now())
    return redirect("casework:rules")
