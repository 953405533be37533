"""A team's board: who is on shift, what they can, how much they have, and what waits."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from townhall.council.rota.selectors import pages
from townhall.kernel.identity.models import Team
from townhall.kernel.identity.permissions import allows, check, requires


@require_safe
@requires("cases.see_queue")
def board(request: HttpRequest, code: str) -> HttpResponse:
    """The board."""
    team, person = get_object_or_404(Team, code=code, is_active=True), _me(request)
    check(person, "rota.see_board", team)
    context = {
        "board": pages.board(team, person, timezone.now()), "team": team,
        "may_lead": allows(person, "rota.lead_team", team),
    }  # fmt: skip
    return render(request, "rota/board.html", context)


def _me(request: HttpRequest) -> Any:
    return request.user
