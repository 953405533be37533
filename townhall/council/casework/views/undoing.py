"""The last step of a person, kept in their session for as long as it can be undone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from townhall.council.casework import actions
from townhall.council.casework.actions import Outcome
from townhall.kernel.cases.actions.finishing import UNDO_SECONDS
from townhall.kernel.identity.permissions import requires
from townhall.kernel.identity.rules import path_here

KEY = "casework_last_step"


@dataclass(frozen=True, slots=True)
class Toast:
    """A message at the foot; `seconds` are how long undo still stands, 0 where it does not."""

    words: str
    seconds: int


def remember(request: HttpRequest, outcome: Outcome, words: str, *, undoable: bool = True) -> None:
    """Keep what was just done, to be told on the next page and undone from it."""
    if outcome.refused:
        words = " ".join(
            [words, _("Not done for: %(references)s.") % {"references": ", ".join(outcome.refused)}]
        ).strip()
    steps = [list(step) for step in outcome.done] if undoable else []
    request.session[KEY] = {"words": words, "at": timezone.now().isoformat(), "steps": steps}


def toast(request: HttpRequest) -> Toast | None:
    """What the next page tells, once; it comes again while it can be undone."""
    kept: dict[str, Any] | None = request.session.get(KEY)
    if not kept:
        return None
    age = (timezone.now() - datetime.fromisoformat(kept["at"])).total_seconds()
    left = int(UNDO_SECONDS - age) if kept["steps"] else 0
    if left <= 0:
        del request.session[KEY]
        return Toast(kept["words"], 0) if age < UNDO_SECONDS else None
    return Toast(kept["words"], left)


@require_POST
@requires("cases.see_queue")
def undo(request: HttpRequest) -> HttpResponse:
    """Take back the last step on each of its cases."""
    kept: dict[str, Any] = request.session.pop(KEY, {})
    steps = [(str(key), int(number)) for key, number in kept.get("steps", [])]
    outcome = actions.undo_all(steps, by=request.user, at=timezone.now())  # pyright: ignore[reportArgumentType]
    number = len(outcome.done)
    words = ngettext("%(number)s step undone.", "%(number)s steps undone.", number) % {"number": number}
    remember(request, outcome, words if number or not outcome.refused else "", undoable=False)
    return redirect(back_to(request))


def back_to(request: HttpRequest) -> str:
    """The address of ours that a form names to go on to; the queue where it names none."""
    wanted = path_here(request.POST.get("next", ""))
    return wanted if wanted.startswith("/work/") else "/work/"
