"""Lists of cases, one case and its timeline, as whoever holds the key may see them."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router
from ninja.params.functions import Query

from townhall.council.casework.api import shapes
from townhall.council.casework.rules.filters import Cursor, Filter
from townhall.council.casework.selectors import lists, timeline
from townhall.kernel.cases.models import Case
from townhall.kernel.identity.bearers import Colleague
from townhall.kernel.identity.models import PersonKey
from townhall.kernel.identity.permissions import check
from townhall.kernel.modules.openapi import PAGE_SIZE, PageSize, Refused, Text, page_link, routers
from townhall.kernel.privacy import actions as privacy

router = routers.add("cases", Router(auth=Colleague(PersonKey.Scope.READ)))
Listed = Literal["all", "mine", "team", "nobody", "over", "today", "paused", "reopened", "done"]
LIST: Any = Query("all", alias="list")
Sorted = Literal["clock", "newest", "changed"]


@router.get("/", response=shapes.CasesOut, url_name="cases")
def listing(  # noqa: PLR0917 - query parameters
    request: HttpRequest, response: HttpResponse, which: Listed = LIST,
    team: Text = "", status: Text = "", ward: Text = "", category: Text = "", person: Text = "", channel: Text = "",
    q: Text = "", sort: Sorted = "clock", after: Text = "", page_size: PageSize = PAGE_SIZE,
) -> dict[str, Any]:  # fmt: skip
    """The cases of a list that you may see, in pages. `person` is a key, `me` or `nobody`; `q` is any words."""
    reader = shapes.caller(request)
    check(reader, "cases.see_queue")
    cursor = Cursor.parse(after)
    if after and cursor is None:
        raise Refused(422, "after is not one that a page of this list ended with.")
    chosen = Filter(which, team, status, ward, category, person, channel, q, sort)
    page = lists.page(chosen, reader, timezone.now(), after=cursor, size=page_size)
    if page.after:
        page_link(request, response, after=str(page.after))
    return {"items": [shapes.case_out(case) for case in page.cases], "after": str(page.after or "")}


@router.get("/{reference}", response=shapes.CaseOut, url_name="case")
def one(request: HttpRequest, reference: Text) -> dict[str, Any]:
    """One case. That you looked is kept, as on its page."""
    case = shapes.found(request, reference)
    _note_look(request, case)
    return shapes.case_out(case)


@router.get("/{reference}/timeline", response=list[shapes.EntryOut], url_name="case_timeline")
def history(request: HttpRequest, reference: Text) -> list[timeline.Line]:
    """What happened in a case, newest first, notes included. That you looked is kept."""
    case = shapes.found(request, reference)
    _note_look(request, case)
    return timeline.lines(case)


def _note_look(request: HttpRequest, case: Case) -> None:
    if case.reporter_id:
        privacy.note_look(case.reporter_id, shapes.caller(request), case.pk, timezone.now())
