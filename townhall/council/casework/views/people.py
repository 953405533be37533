"""The page of a resident, and searching for anything."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from townhall.council.casework.selectors import people, searching
from townhall.council.casework.views.undoing import toast
from townhall.kernel.identity.models import Person
from townhall.kernel.identity.permissions import check, requires
from townhall.kernel.identity.rules import national
from townhall.kernel.privacy import actions as privacy


@require_GET
@requires("identity.see_person")
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Everything a resident has with the council, as far as this officer may see it."""
    resident = get_object_or_404(Person, pk=person_id)
    check(request.user, "identity.see_person", resident)
    officer: Any = request.user
    privacy.note_look(resident.pk, officer, None, timezone.now())
    shown = people.person_page(resident, officer, timezone.now())
    context = {"page": shown, "resident": resident, "national": national, "toast": toast(request)}
    return render(request, "casework/person.html", context)


@require_GET
@requires("cases.see_queue")
def search(request: HttpRequest) -> HttpResponse:
    """Cases and people by whatever is typed; a reference goes straight to its case."""
    officer: Any = request.user
    text = request.GET.get("q", "").strip().replace("\x00", "")[:100]
    if text and (reference := searching.by_reference(text, officer)):
        return redirect("casework:case", reference)
    found = searching.search(text, officer, timezone.now()) if len(text) > 1 else None
    return render(request, "casework/search.html", {"text": text, "found": found, "toast": toast(request)})
