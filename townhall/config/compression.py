"""Answers go out compressed where the browser takes it. What never changes while a process lives is compressed once."""

import gzip
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.text import compress_string

LEAST_BYTES = 500
LEVEL = 9
BREACH_BYTES = 100
"""Up to so many random bytes hide how long an answer to somebody signed in is, which could betray a secret in it."""
KINDS = ("text/", "application/json", "application/geo+json", "application/javascript", "application/atom+xml",
         "application/manifest+json", "application/xml", "image/svg+xml")  # fmt: skip


class Compressed:
    """Compresses pages and files of text with gzip. Files are kept compressed in memory, by their ETag."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.files: dict[tuple[str, str], bytes] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, compressed where that is asked for and saves something."""
        response = self.get_response(request)
        if response.status_code != 200 or not response.get("Content-Type", "").startswith(KINDS):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        takes = "gzip" in request.headers.get("Accept-Encoding", "") and "Range" not in request.headers
        if not takes or response.has_header("Content-Encoding") or request.method != "GET":
            return response
        if not response.streaming:
            return self._page(response)
        return self._file(request, response) if request.path.startswith(settings.STATIC_URL) else response

    def _page(self, response: HttpResponse) -> HttpResponse:
        if len(response.content) < LEAST_BYTES:
            return response
        packed = compress_string(response.content, max_random_bytes=BREACH_BYTES)
        if len(packed) < len(response.content):
            response.content = packed
            response.headers["Content-Encoding"] = "gzip"
            response.headers["Content-Length"] = str(len(packed))
            _weaken(response)
        return response

    def _file(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        key = (request.path, response.get("ETag", "") + response.get("Last-Modified", ""))
        if key not in self.files:
            self.files[key] = gzip.compress(b"".join(response.streaming_content), LEVEL)  # pyright: ignore
        response.close()
        kept = {name: value for name, value in response.items() if name != "Content-Length"}
        return HttpResponse(self.files[key], headers=kept | {"Content-Encoding": "gzip"})


def _weaken(response: HttpResponse) -> None:
    """Two forms of one page are the same to a reader and not byte by byte."""
    tag = response.get("ETag", "")
    if tag.startswith('"'):
        response.headers["ETag"] = f"W/{tag}"
