"""The page of letters that failed, and what can be done about them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from townhall.kernel.identity.permissions import requires
from townhall.kernel.notify import actions, selectors
from townhall.kernel.notify.actions.failed import UNDO_SECONDS, Kept
from townhall.kernel.notify.rules.reasons import reason_of

A_PAGE = 100
KEY = "notify_failed_step"
STEPS: dict[str, Callable[..., list[Kept]]] = {
    "again": actions.try_again, "post": actions.send_by_post, "leave": actions.leave
}  # fmt: skip


@require_safe
@requires("notify.mend_letters")
def failed(request: HttpRequest) -> HttpResponse:
    """The failed letters with their reasons, newest first."""
    page = Paginator(selectors.failed().select_related("person", "case").defer("blocks"), A_PAGE).get_page(
        request.GET.get("page")
    )
    rows = [
        {"letter": letter, "title": selectors.title_of(letter.kind), "why": _words(letter.problem),
         "where": letter.where.to(letter.channel), "has_post": _has_post(letter)}
        for letter in page
    ]  # fmt: skip
    return render(request, "notify/failed.html", {"page": page, "rows": rows, "step": _step(request)})


def _has_post(letter: Any) -> bool:
    where = selectors.address_of(letter.person) if letter.person else letter.where
    return where.has("post")


def _words(problem: str) -> str:
    return {
        "no_such_address": _("There is no such address or number."),
        "full_or_off": _("The mailbox is full, or the telephone was off for days."),
        "refused": _("It was refused."),
        "returned": _("It came back by post."),
        "unreachable": _("Whoever carries it could not be reached for a day."),
        "fault": _("It could not be made ready: tell whoever runs the system."),
        "not_delivered": _("It was not delivered."),
    }[reason_of(problem)]


def _step(request: HttpRequest) -> dict[str, Any] | None:
    """What was done last and how many seconds it can still be undone; None after that."""
    kept: dict[str, Any] | None = request.session.get(KEY)
    if not kept:
        return None
    left = UNDO_SECONDS - int((timezone.now() - datetime.fromisoformat(kept["at"])).total_seconds())
    if left <= 0 or not kept["letters"]:
        del request.session[KEY]
    return {"words": kept["words"], "seconds": max(0, left) if kept["letters"] else 0}


@require_POST
@requires("notify.mend_letters")
def mend(request: HttpRequest) -> HttpResponse:
    """Do one thing to the letters that were ticked."""
    step, at = STEPS.get(request.POST.get("do", "")), timezone.now()
    keys = _keys(request.POST.getlist("letter"))
    person: Any = request.user
    if step is None or not keys:
        return _say(request, _("Choose letters first. Nothing was changed."), [])
    kept = step(keys=keys, by=person, at=at)
    number = len(kept)
    words = ngettext("Done for %(number)s letter.", "Done for %(number)s letters.", number) % {"number": number}
    return _say(request, " ".join(filter(None, (words, _left(len(keys) - number)))), kept)


def _left(number: int) -> str:
    """What is said of ticked letters that stayed as they were; empty for none."""
    words = ngettext(
        "%(number)s stays as it is: it has no whole address, or has gone meanwhile.",
        "%(number)s stay as they are: they have no whole address, or have gone meanwhile.", number,
    )  # fmt: skip
    return words % {"number": number} if number else ""


def _keys(given: list[str]) -> list[UUID]:
    try:
        return [UUID(each) for each in given[:A_PAGE]]
    except ValueError:
        return []


@require_POST
@requires("notify.mend_letters")
def undo(request: HttpRequest) -> HttpResponse:
    """Take back the last thing that was done, as far as the letters have not gone."""
    kept: dict[str, Any] = request.session.pop(KEY, None) or {"letters": []}
    person: Any = request.user
    number = actions.put_back(kept=kept["letters"], by=person, at=timezone.now())
    words = ngettext("%(number)s letter put back.", "%(number)s letters put back.", number) % {"number": number}
    return _say(request, words, [])


def _say(request: HttpRequest, words: str, kept: list[Kept]) -> HttpResponse:
    request.session[KEY] = {"words": words, "at": timezone.now().isoformat(), "letters": kept}
    return redirect("notify:failed")
