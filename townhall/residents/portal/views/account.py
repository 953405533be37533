"""My account: what is going on, messages, and how we reach you."""
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from townhall.kernel.geo import selectors as geo
from townhall.kernel.identity.models import Person
from townhall.kernel.identity.rules import national, tidy_postcode
from townhall.kernel.notify import actions as notify
from townhall.kernel.notify import selectors as letters
from townhall.kernel.notify.rules import as_html
from townhall.residents.portal import selectors
from townhall.residents.portal.forms import DetailsForm, PreferenceForm
from townhall.residents.reports import selectors as reports
from townhall.residents.services import selectors as online

PAGE = 30


def _me(request: HttpRequest) -> Person:
    """Whoever is signed in. Raises Http404 for nobody, which `login_required` has seen to."""
    if not isinstance(request.user, Person):
        raise Http404
    return request.user


@login_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Everything the person has with us, what needs them first."""
    person, at = _me(request), timezone.now()
    going_on = sorted(selectors.matters(person, at), key=lambda matter: not matter.needs_you)
    context = {
        "matters": going_on, "count": selectors.count_matters(person), "messages_to_me": selectors.messages(person),
        "followed": selectors.followed(person, at), "preference": letters.preference(person),
        "needs": sum(matter.needs_you for matter in going_on), "drafts": reports.drafts_of("", person),
        "applied": online.account_rows(person, at), "begun": online.in_the_making("", person),
        "ward": _ward(person), "notices": messages.get_messages(request), "phone": national(person.phone or ""),
    }  # fmt: skip
    return _private(render(request, "portal/account.html", context))


def _ward(person: Person) -> str:
    found = geo.search(person.postcode, 1) if person.postcode else []
    ward = found[0].ward if found else None
    return ((ward.name_cy if reports.language() == "cy" else "") or ward.name) if ward else ""


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response


@login_required
@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """All the person's reports, page by page."""
    person, asked = _me(request), request.GET.get("page", "1")
    number = max(1, int(asked)) if asked.isdecimal() and len(asked) < 6 else 1
    found = selectors.matters(person, timezone.now(), start=(number - 1) * PAGE, most=PAGE + 1)
    context = {"matters": found[:PAGE], "number": number, "has_next": len(found) > PAGE}
    return _private(render(request, "portal/everything.html", context))


@login_required
@require_safe
def message(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """One letter, as it was written."""
    letter = get_object_or_404(letters.letters_of_person(_me(request)), pk=letter_id)
    return _private(render(request, "portal/message.html", {"letter": letter, "body": as_html(letter.text)}))


@login_required
def preferences(request: HttpRequest) -> HttpResponse:
    """How we write to the person, in which language and size."""
    person = _me(request)
    kept = letters.preference(person)
    initial = {
        "channel": (kept.channel if kept else "") or "any", "language": person.language,
        "large_print": bool(kept and kept.large_print),
    }  # fmt: skip
    form = PreferenceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        channel = "" if chosen["channel"] in {"", "any"} else chosen["channel"]
        notify.set_preference(person=person, channel=channel, large_print=chosen["large_print"], at=timezone.now())
        if person.language != chosen["language"]:
            Person.objects.filter(pk=person.pk).update(language=chosen["language"])
        with translation.override(chosen["language"]):
            messages.success(request, _("Kept. We write to you that way from now on."))
        return redirect("portal:account")
    return _private(render(request, "portal/preferences.html", {"form": form}, status=422 if form.errors else 200))


@login_required
def details(request: HttpRequest) -> HttpResponse:
    """Name and address; e-mail and telephone are changed where they are proved."""
    person = _me(request)
    initial = {"name": person.name, "address": person.address, "postcode": person.postcode}
    form = DetailsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["postcode"].strip()
        if typed and not tidy_postcode(typed):
            form.add_error("postcode", _("Enter a full postcode, like NM2 6RD"))
        else:
            chosen = form.cleaned_data | {"postcode": tidy_postcode(typed)}
            Person.objects.filter(pk=person.pk).update(**chosen)
            messages.success(request, _("Kept."))
            return redirect("portal:account")
    return _private(render(request, "portal/details.html", {"form": form}, status=422 if form.errors else 200))
