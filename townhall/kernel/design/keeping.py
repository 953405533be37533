"""Pages that are the same for everyone who is not signed in, kept for a moment in each process."""

from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_page

SECONDS = 5
CACHE = "memory"


def kept_for_anyone(view: Any) -> Any:
    """A view whose page is made once in five seconds for visitors who brought no cookie but the language's and asked
    for nothing particular. Browsers are told to ask again each time, so that whoever signs in sees their own page.
    """
    remembered = cache_page(SECONDS, cache=CACHE)(view)

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.META.get("QUERY_STRING") or request.COOKIES.keys() - {settings.LANGUAGE_COOKIE_NAME}:
            return view(request, *args, **kwargs)
        response = remembered(request, *args, **kwargs)
        del response.headers["Expires"]
        response.headers["Cache-Control"] = "private, no-cache"
        return response

    return answered
