"""The queue: a list of cases with its filters, one row of it, and lists that a person saved."""

from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from townhall.council.casework.rules.filters import Cursor, Filter
from townhall.council.casework.selectors import lists, names, queue, rows, teams
from townhall.council.casework.views.steps import SEVERAL
from townhall.council.casework.views.undoing import back_to, toast
from townhall.kernel.cases.models import SavedList
from townhall.kernel.identity.permissions import check, requires
from townhall.kernel.modules.databases import may_lag

MOST_SAVED = 20


@require_GET
@requires("cases.see_queue")
@may_lag
def show(request: HttpRequest) -> HttpResponse:
    """The queue."""
    person: Any = request.user
    chosen = Filter.parse(request.GET, default=queue.usual(person))
    after = Cursor.parse(request.GET.get("after", ""))
    found = queue.queue(chosen, person, timezone.now(), after=after)
    request.casework_count = found.usual  # pyright: ignore[reportAttributeAccessIssue]
    team = next((each for each in names.teams_for(person) if each.code == chosen.team), None)
    shown = {
        "queue": found, "toast": toast(request), "is_first": after is None, "can_save": len(found.saved) < MOST_SAVED,
        "several_steps": SEVERAL, "kept_fields": parse_qsl(chosen.but(text="").query),
        "team_today": teams.team_today(team.pk, timezone.localdate()) if team else None,
    }  # fmt: skip
    return render(request, "casework/queue.html", shown)


@require_GET
@requires("cases.see_queue")
def row(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One row as the list has it now, with the news of it in words; 204 where the list does not have it (any more)."""
    person: Any = request.user
    now = timezone.now()
    chosen = Filter.parse(request.GET, default=queue.usual(person))
    case = lists.listed(chosen, person, now).select_related("team", "assignee").filter(pk=case_id).first()
    if case is None:
        return HttpResponse(status=204)
    check(person, "cases.view_case", case)
    found = rows.rows([case], chosen, person, now, news=rows.news_of(case, now))[0]
    response = render(request, "casework/_row.html", {"row": found, "query": chosen.query})
    response["X-Total"] = str(lists.counts({"": lists.listed(chosen, person, now)})[""])
    return response


@require_POST
@requires("cases.see_queue")
def keep_list(request: HttpRequest) -> HttpResponse:
    """Save the list that is shown, under a name; a name that exists already gets the new list."""
    name = request.POST.get("name", "").strip()[:60] or _("My list")
    chosen = queue.filter_of(request.POST.get("query", "")[:500])
    if SavedList.objects.filter(person_id=request.user.pk).count() < MOST_SAVED:
        SavedList.objects.update_or_create(person_id=request.user.pk, name=name, defaults={"query": chosen.query})
    return redirect(f"/work/?{chosen.query}")


@require_POST
@requires("cases.see_queue")
def forget_list(request: HttpRequest, list_id: UUID) -> HttpResponse:
    """Take away a list that the person saved."""
    get_object_or_404(SavedList, pk=list_id, person_id=request.user.pk).delete()
    return redirect(back_to(request))
