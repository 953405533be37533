"""Signing in to work through the council's own provider (OpenID Connect, authorization code with PKCE)."""

from typing import Any

from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from requests import RequestException

from townhall.kernel.identity import selectors
from townhall.kernel.identity.directory import PROVIDER, Directory


@require_POST
@never_cache
def leave(request: HttpRequest) -> HttpResponse:
    """A page that goes on to the provider. (A form may not lead off this site, by its policy; a page may.)"""
    answer = _run(request, OAuth2LoginView)
    if "Location" not in answer:
        return answer
    provider: Any = selectors.provider()
    return render(request, "identity/provider.html", {"address": answer["Location"], "provider": provider})


@never_cache
def back(request: HttpRequest) -> HttpResponse:
    """The provider has sent the browser back; the adapter signs in or refuses."""
    return _run(request, OAuth2CallbackView)


def _run(request: HttpRequest, kind: type[OAuth2LoginView] | type[OAuth2CallbackView]) -> HttpResponse:
    if selectors.provider() is None:
        raise Http404
    try:
        return kind.adapter_view(Directory(request, PROVIDER))(request)
    except (RequestException, OAuth2Error, KeyError):
        return render(request, "identity/provider_failed.html", status=502)
