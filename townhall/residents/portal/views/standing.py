"""Pages that say how we work: accessibility, privacy and cookies, open data, contact."""
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from townhall.kernel.authority import selectors as authority


def _page(template: str) -> Callable[[HttpRequest], HttpResponse]:
    @require_safe
    def show(request: HttpRequest) -> HttpResponse:
        context = {"ours": authority.ours(), "neighbours": authority.neighbours()}
        return render(request, f"portal/{template}.html", context)

    return show


accessibility = _page("accessibility")
privacy = _page("privacy")
open_data = _page("open_data")
contact = _page("contact")
