"""The address of the stream where the server cannot hold one open."""

from django.http import HttpRequest, HttpResponse


def no_stream(_request: HttpRequest) -> HttpResponse:
    """204, which tells a browser not to ask again. `townhall serve` answers this address itself, see `stream`."""
    return HttpResponse(status=204)
