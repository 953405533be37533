"""The list of services, a new one, and a draft of one that is there."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from townhall.kernel.identity.models import Role, Team
from townhall.kernel.identity.permissions import allows, requires
from townhall.residents.editor import actions, sayings, selectors
from townhall.residents.editor.forms import NewForm
from townhall.residents.editor.models import Draft
from townhall.residents.editor.rules.beginning import begun, owner_of
from townhall.residents.editor.rules.yaml_files import Words
from townhall.residents.services import selectors as services


@require_GET
@requires("services.edit")
def index(request: HttpRequest) -> HttpResponse:
    """Every service with how it stands."""
    rows = selectors.rows(request.user)
    shown = {
        "rows": rows, "shelf": selectors.shelf(row.slug for row in rows), "language": services.language(),
        "states": sayings.STATES, "notices": messages.get_messages(request),
    }  # fmt: skip
    return render(request, "editor/index.html", shown)


@require_http_methods(["GET", "POST"])
@requires("services.edit")
def new(request: HttpRequest) -> HttpResponse:
    """A service from nothing: the smallest that works, in the words that were asked for."""
    person: Any = request.user
    form = NewForm(request.POST or None, teams=teams_of(person))
    if request.method != "POST" or not form.is_valid():
        return render(request, "editor/new.html", {"form": form}, status=422 if request.method == "POST" else 200)
    told = form.cleaned_data
    team = form.teams[told["team"]]
    taken = set(Draft.objects.values_list("slug", flat=True)) | {row.slug for row in selectors.rows(person)}
    slug = form.slug(taken | {slug for slug, _name in selectors.shelf(())})
    name, summary = (Words(told[f"{key}_en"], told[f"{key}_cy"]) for key in ("name", "summary"))
    files = begun(
        selectors.smallest(), name=name, summary=summary, team=team.code, team_name=Words(team.name, team.name_cy),
    )  # fmt: skip
    draft = actions.begin(slug=slug, files=files, base="", by=person, at=timezone.now())
    messages.success(request, _("The service is begun. Nobody sees it before it is published."))
    return redirect("editor:form", draft.pk)


def teams_of(person: Any) -> list[Team]:
    """The teams that somebody may begin a service for: all for managers and administrators, else their own."""
    teams = Team.objects.filter(is_active=True, organisation__kind="council")
    if not person.roles & {Role.MANAGER, Role.ADMINISTRATOR}:
        teams = teams.filter(pk__in=person.team_ids)
    return list(teams)


@require_GET
@requires("services.edit")
def service(request: HttpRequest, slug: str) -> HttpResponse:
    """The versions of a service, and what runs on each."""
    versions = selectors.starts(slug)
    drafts = list(
        Draft.objects.filter(slug=slug)
        .select_related("begun_by", "approved_by")
        .defer("files")
        .order_by("-begun_at")[:20]
    )
    if not versions and not drafts:
        raise Http404
    running = services.running_on(slug)
    live = next((each for each in versions if each.is_live), None)
    draft = next((each for each in drafts if each.is_under_way), None)
    shown = {
        "slug": slug, "versions": versions, "running": running, "draft": draft, "drafts": drafts,
        "language": services.language(), "states": sayings.STATES, "live": live,
        "may_edit": allows(request.user, "services.edit", draft or selectors.owner_now(slug)),
        "may_see": live and allows(request.user, "services.edit", selectors.owner_now(slug)),
        "sides": selectors.sides(slug, request.user),
        "title": (live or versions[0]).title(services.language()) if versions else drafts[0].title(services.language()),
        "notices": messages.get_messages(request), "may_move": live and allows(request.user, "services.approve"),
        "older": sum(count for content, count in running.items() if live and content != live.hash),
    }  # fmt: skip
    return render(request, "editor/service_versions.html", shown)


@require_POST
@requires("services.edit")
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """A draft of a service, from a version or from the shelf."""
    content, person = request.POST.get("from", ""), request.user
    start = selectors.find_start(slug, content)
    if start is None:
        raise Http404
    if not allows(person, "services.edit", selectors.owner_now(slug) or owner_of(start.files)[0]):
        raise PermissionDenied("services.edit")
    try:
        draft = actions.begin(slug=slug, files=start.files, base=start.base, by=person, at=timezone.now())  # pyright: ignore[reportArgumentType]
        messages.success(request, _("A draft is begun. Residents go on with the version that is live."))
    except actions.Taken as taken:
        draft = taken.draft
        messages.info(request, _("There is a draft of this service already: here it is."))
    return redirect("editor:form", draft.pk)
