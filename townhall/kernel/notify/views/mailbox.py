"""The demo's mailbox: every letter that was sent, as its reader would see it."""

from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from townhall.kernel.design import paper
from townhall.kernel.notify import previews, printing
from townhall.kernel.notify.models import Letter

A_PAGE = 25


@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """Letters, newest first; `q` looks in recipients and subjects."""
    _must_be_demo()
    asked = request.GET.get("q", "").strip()
    letters = Letter.objects.defer("blocks")
    if asked:
        to = Q(address__email__icontains=asked) | Q(address__phone__icontains=asked) | Q(address__name__icontains=asked)
        letters = letters.filter(to | Q(subject__icontains=asked))
    page = Paginator(letters, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "notify/mailbox.html", {"page": page, "asked": asked})


@require_safe
def letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """One letter, by the channel it went by or any other."""
    _must_be_demo()
    found = get_object_or_404(Letter, pk=letter_id)
    usual = "large" if found.channel == "post" and found.large_print else found.channel
    look = request.GET.get("look", usual)
    preview = previews.of_letter(found, look if look in previews.LOOKS else usual)
    return render(request, "notify/letter.html", {"letter": found, "preview": preview})


@require_safe
def pdf(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """One letter as it would be printed; `?look=large` in large print."""
    _must_be_demo()
    found = get_object_or_404(Letter, pk=letter_id)
    if not paper.can_print():
        raise Http404
    data = printing.pdf(previews.message_of(found, large=request.GET.get("look") == "large"))
    return HttpResponse(data, content_type="application/pdf")


def _must_be_demo() -> None:
    if not settings.TOWNHALL_DEMO:
        raise Http404
