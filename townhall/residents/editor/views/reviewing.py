"""What a draft changes, asking for a second officer, their answer, and the draft's history."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from townhall.residents.editor import actions, selectors
from townhall.residents.editor.forms import ApproveForm, DayForm, ReasonForm
from townhall.residents.editor.rules.lines import line_differences
from townhall.residents.editor.views.desk import Desk, of_draft
from townhall.residents.services import selectors as services


@dataclass(frozen=True, slots=True)
class Side:
    """A version to compare with."""

    hash: str
    files: dict[str, str]


def compared_with(desk: Desk, wanted: str = "") -> Side:
    """The version to compare with: the one that is named, else the live one; nothing where there is none."""
    live = services.live_version(desk.draft.slug)
    content = wanted or (live.hash if live else "")
    files = services.files_of(desk.draft.slug, content) if content else None
    return Side(content, files) if files is not None else Side("", {})


@require_GET
@of_draft
def review(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What the draft changes, in words and line by line, and what can be done with it now."""
    return page(request, desk)


def page(request: HttpRequest, desk: Desk, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The page, with forms that were filled in."""
    side, today = compared_with(desk, request.GET.get("with", "")), timezone.localdate()
    running = services.running_on(desk.draft.slug)
    package = desk.examined.package
    shown = {
        "side": side, "unmet": services.unmet(package) if package is not None else [],
        "compared": selectors.compared(desk.draft.slug, side.files, desk.draft.files, timezone.now()),
        "versions": selectors.starts(desk.draft.slug), "live_hash": actions.live_hash(desk.draft.slug),
        "running": sum(running.values()), "today": today,
        "day": forms.get("day") or ApproveForm(today=today, initial={"publish_on": desk.draft.publish_on}),
        "back": forms.get("back") or ReasonForm(), "form": forms.get("day") or forms.get("back"),
    }  # fmt: skip
    return desk.show("review.html", "review", status, **shown)


@require_POST
@of_draft
def decide(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Ask for review, take it back, put the draft away; for a second officer: approve or send back."""
    do: dict[str, Any] = {"ask": ask, "take_back": take_back, "drop": drop, "approve": approve, "send_back": send_back}
    try:
        return do.get(request.POST.get("_do", ""), nothing)(request, desk)
    except actions.NotWhole:
        return desk.refused(_("The draft has mistakes. Mend what the list says first."), 409)
    except actions.Frozen:
        return desk.refused(
            _("Something has changed meanwhile: the draft, or the version that is live. Look at it again."), 409
        )


def nothing(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Nothing that could be done was asked for."""
    return page(request, desk, status=422)


def ask(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Ask for a second officer."""
    form = DayForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return page(request, desk, status=422, day=form)
    actions.ask_for_review(
        draft_id=desk.draft.pk, publish_on=form.cleaned_data["publish_on"], by=desk.person, at=timezone.now()
    )
    return desk.done(desk.url("review"), _("A colleague can look at it now. Nobody changes it meanwhile."))


def take_back(_request: HttpRequest, desk: Desk) -> HttpResponse:
    """Write on in it."""
    actions.take_back(draft_id=desk.draft.pk, by=desk.person, at=timezone.now())
    return desk.done(desk.url("review"), _("The draft is yours again."))


def drop(_request: HttpRequest, desk: Desk) -> HttpResponse:
    """Put it away."""
    actions.drop(draft_id=desk.draft.pk, by=desk.person, at=timezone.now())
    desk.done("", _("The draft is put away. What is live stays."))
    return redirect("editor:index")


def approve(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Let it out."""
    form = ApproveForm(request.POST, today=timezone.localdate())
    if not form.is_valid():
        return page(request, desk, status=422, day=form)
    try:
        return approved(request, desk, form)
    except actions.ReachesNobody:
        form.add_error("anyway", _("Tick this, or send the draft back: some of its work would reach nobody here"))
        return page(request, desk, status=422, day=form)


def approved(request: HttpRequest, desk: Desk, form: ApproveForm) -> HttpResponse:
    """Let it out as the form says. Raises ReachesNobody, NotWhole and Frozen."""
    number = request.POST.get("_number", "")
    found = actions.approve(
        draft_id=desk.draft.pk, number=int(number) if number.isdecimal() and len(number) < 9 else -1,
        live=request.POST.get("_live", ""), publish_on=form.cleaned_data["publish_on"], by=desk.person,
        at=timezone.now(), anyway=form.cleaned_data["anyway"],
    )  # fmt: skip
    if found.is_live:
        desk.done("", _("Published. New applications begin on this version; what runs ends on its own."))
        return redirect("editor:versions", desk.draft.slug)
    return desk.done(desk.url("review"), _("Approved. It is published on its day."))


def send_back(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Give it back with a reason."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return page(request, desk, status=422, back=form)
    actions.send_back(draft_id=desk.draft.pk, reason=form.cleaned_data["reason"], by=desk.person, at=timezone.now())
    return desk.done(desk.url("review"), _("Sent back."))


@require_GET
@of_draft
def history(_request: HttpRequest, desk: Desk) -> HttpResponse:
    """Every change with who made it and when, and what it changed."""
    changes = selectors.history_of(desk.draft)
    shown = [
        (
            each,
            line_differences(
                *({path: pair[side] for path, pair in each.files.items() if pair[side] is not None} for side in (0, 1))
            ),
        )
        for each in changes[:40]
    ]
    return desk.show("history.html", "history", changes=shown, count=len(changes))


@require_POST
@of_draft
def undo(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Take the latest change back."""
    number, back = request.POST.get("number", ""), request.POST.get("next", "")
    try:
        done = (
            number.isdecimal()
            and len(number) < 9
            and actions.undo(draft_id=desk.draft.pk, number=int(number), by=desk.person, at=timezone.now())
        )
    except actions.Frozen as problem:
        raise PermissionDenied(str(problem)) from problem
    text = _("Taken back.") if done else _("There is a later change: look at it first.")
    here = back if back.startswith(desk.url("review").removesuffix("review/")) else desk.url("history")
    return desk.done(here, text)
