"""What would have come out differently on last year's cases, had the draft been there."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from townhall.kernel.catalogue.packages.reading import examined_files
from townhall.residents.editor.views.desk import Desk, of_draft
from townhall.residents.services import selectors as services

MOST = 300
"""Cases that are replayed while somebody waits; the command replays all of them."""
YEAR = timedelta(days=365)


@require_http_methods(["GET", "POST"])
@of_draft
def past(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Say what it is; when asked to, replay the latest cases of a year. Nothing is changed. Examples may be wrong."""
    draft, at, found = desk.draft, timezone.now(), None
    package, problems = examined_files(draft.slug, draft.content(), run_examples=False)
    if request.method == "POST" and package is not None and not problems:
        found = services.simulate(package, at - YEAR, at, most=MOST)
    return desk.show("past.html", "try", found=found, most=MOST, is_whole=not problems)
