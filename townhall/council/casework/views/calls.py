"""Taking a call: who it is, whether it is them, what they have with us, and what was said."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from townhall.council.casework import actions
from townhall.council.casework.actions import Outcome
from townhall.council.casework.models import Contact
from townhall.council.casework.rules.callers import Said, compare
from townhall.council.casework.selectors import callers, case_page, copies, names
from townhall.council.casework.views.undoing import remember, toast
from townhall.kernel.cases.models import Case
from townhall.kernel.cases.registries import ON_BEHALF, case_kinds
from townhall.kernel.identity.models import Person
from townhall.kernel.identity.permissions import allows, check, requires
from townhall.kernel.identity.rules import national
from townhall.kernel.modules.keys import tidy_reference
from townhall.kernel.privacy import actions as privacy

KEY = "casework_call"
NOBODY = "nobody"


@require_GET
@requires("identity.work_here")
def show(request: HttpRequest) -> HttpResponse:
    """The call that this officer is on, or the search for who is calling."""
    call = current(request)
    officer: Any = request.user
    text = request.GET.get("q", "").strip()[:100]
    person = _caller(call)
    now = timezone.now()
    verified = _is_verified(call)
    shown: dict[str, Any] = {
        "call": call, "caller": person, "is_nobody": call.get("person") == NOBODY, "text": text,
        "toast": toast(request), "national": national,
        "candidates": callers.candidates(text, officer) if text else [], "is_verified": verified,
        "seconds": _seconds(call, now), "minutes": _seconds(call, now) // 60, "categories": _categories(),
        "about_words": _abouts(), "can_start": [kind for kind in case_kinds if kind.start_url_name],
    }  # fmt: skip
    if person:
        shown["matters"] = callers.matters(person, officer, now, is_verified=verified)
        shown["to_know"] = callers.to_know(person)
        shown["chosen"] = _chosen(call, officer, shown["matters"], now)
        shown["offers"] = copies.offers(person) if shown["chosen"] and verified else []
    return render(request, "casework/calls.html", shown)


def _chosen(
    call: dict[str, Any], officer: Person, matters: list[callers.Matter], at: datetime
) -> dict[str, Any] | None:
    matter = next((each for each in matters if each.case.reference == call.get("case")), None)
    if matter is None or not allows(officer, "cases.view_case", matter.case):
        return None
    return {"matter": matter, "to_say": callers.to_say(matter.case, at)}


def _abouts() -> list[tuple[str, str]]:
    return [
        ("chasing", _("Chasing")),
        ("new", _("New request")),
        ("question", _("Question")),
        ("complaint", _("Complaint")),
    ]


def _categories() -> list[tuple[str, str]]:
    found = [(choice.code, names.category_title(choice)) for choice in names.categories().values()]
    return sorted(found, key=lambda pair: pair[1].lower())


def current(request: HttpRequest) -> dict[str, Any]:
    """The call as the session has it; empty where there is none."""
    return request.session.get(KEY) or {}


def _keep(request: HttpRequest, **changes: Any) -> None:
    """Change the call, with the note as far as it was typed."""
    call = current(request) or {"began": timezone.now().isoformat()}
    typed = {name: request.POST[name][:4000] for name in ("note", "about", "answered") if name in request.POST}
    typed |= {"send": request.POST.getlist("send")[:9]} if "note" in request.POST else {}
    request.session[KEY] = call | typed | changes


def _caller(call: dict[str, Any]) -> Person | None:
    key = call.get("person")
    return Person.objects.filter(pk=key).first() if key and key != NOBODY else None


def _is_verified(call: dict[str, Any]) -> bool:
    return bool(call.get("verified"))


def _seconds(call: dict[str, Any], at: datetime) -> int:
    return int((at - datetime.fromisoformat(call["began"])).total_seconds()) if call else 0


@require_POST
@requires("identity.work_here")
def choose(request: HttpRequest) -> HttpResponse:
    """Say who is calling, or that nobody we know is."""
    key = request.POST.get("person", "")
    if key != NOBODY:
        person = get_object_or_404(Person.objects.residents(), pk=key) if len(key) == 36 else None
        if person is None:
            return redirect("casework:calls")
        check(request.user, "identity.see_person", person)
        officer: Any = request.user
        privacy.note_look(person.pk, officer, None, timezone.now())
    _keep(request, person=key, verified=False, check={}, case="")
    return redirect("casework:calls")


@require_POST
@requires("identity.work_here")
def verify(request: HttpRequest) -> HttpResponse:
    """Compare what the caller answered; the answers are forgotten, the verdicts kept for the call."""
    person = _caller(current(request))
    if person is None:
        return redirect("casework:calls")
    said = Said(*(request.POST.get(name, "").strip()[:40] for name in ("postcode", "year_of_birth", "last_category")))
    verdict = compare(callers.known(person), said)
    _keep(request, check=asdict(verdict), verified=verdict.is_verified)
    return redirect("casework:calls")


@require_POST
@requires("identity.work_here")
def take_up(request: HttpRequest) -> HttpResponse:
    """Choose the case that the call is about."""
    reference = tidy_reference(request.POST.get("case", ""))
    case = case_page.find(reference)
    person = _caller(current(request))
    if case and person and case.reporter_id == person.pk:
        check(request.user, "cases.view_case", case)
        _keep(request, case=reference, about="chasing")
    return redirect("casework:calls")


@require_POST
@requires("identity.work_here")
def begin(request: HttpRequest) -> HttpResponse:
    """Start a new case for the caller, as the kind of case has it; it is marked as taken by telephone."""
    kind = case_kinds.get(request.POST.get("kind", "")) or next(
        (each for each in case_kinds if each.start_url_name), None
    )
    if kind is None or not kind.start_url_name:
        return redirect("casework:calls")
    person = _caller(current(request))
    _keep(request, about="new")
    request.session[ON_BEHALF] = str(person.pk) if person else NOBODY
    text = request.POST.get("says", "").strip()[:500]
    address = reverse(kind.start_url_name)
    return redirect(f"{address}?{urlencode({'text': text})}" if text else address)


@require_POST
@requires("identity.work_here")
def wrap_up(request: HttpRequest) -> HttpResponse:
    """Keep what was said and be ready for the next call."""
    call = current(request)
    officer: Any = request.user
    now = timezone.now()
    case = _case(call, officer)
    minutes = max(1, -(-_seconds(call, now) // 60)) if call else 1
    about = request.POST.get("about", "")
    actions.log_call(
        person=_caller(call), case=case, about=about if about in Contact.About.values else "question",
        by=officer, at=now, text=request.POST.get("note", "").strip()[:4000], minutes=minutes,
        is_answered=request.POST.get("answered") != "no", is_verified=_is_verified(call),
        sends=request.POST.getlist("send"),
    )  # fmt: skip
    request.session.pop(KEY, None)
    request.session.pop(ON_BEHALF, None)
    words = ngettext("Call kept: %(number)s minute.", "Call kept: %(number)s minutes.", minutes) % {"number": minutes}
    remember(request, Outcome((), ()), words, undoable=False)
    return redirect("casework:calls")


def _case(call: dict[str, Any], officer: Person) -> Case | None:
    case = case_page.find(call.get("case", "")) if call.get("case") else None
    return case if case and allows(officer, "cases.note_case", case) else None
