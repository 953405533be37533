"""Every interface for programs, on a page for the people who write them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from townhall.kernel.modules.openapi import descriptions
from townhall.residents.portal import rules


@require_safe
def interfaces(request: HttpRequest) -> HttpResponse:
    """What each address takes and answers. The words of the documents are in English."""
    shown = [rules.interface(each.make(), each.address) for each in descriptions]
    return render(request, "portal/api.html", {"interfaces": shown})
