"""Posted letters: put into a batch, downloaded for print, handed over."""

import csv
import zipfile
from collections.abc import Iterator
from io import RawIOBase, StringIO
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from townhall.kernel.design import paper
from townhall.kernel.identity.permissions import requires
from townhall.kernel.modules.cells import safe
from townhall.kernel.notify import actions, adapters, printing, selectors
from townhall.kernel.notify.actions.sending import message_of
from townhall.kernel.notify.models import Batch, Letter


@require_safe
@requires("notify.hand_to_print")
def post(request: HttpRequest) -> HttpResponse:
    """How many letters wait, and the batches."""
    context = {
        "waiting": selectors.waiting_to_print(), "batches": selectors.batches(), "can_print": paper.can_print(),
        "is_carried": adapters.carried_by("post") == "notify", "notices": messages.get_messages(request),
    }  # fmt: skip
    return render(request, "notify/post.html", context)


@require_POST
@requires("notify.hand_to_print")
def make(request: HttpRequest) -> HttpResponse:
    """Make a batch of what waits."""
    batch = actions.make_batch(by=request.user, at=timezone.now())  # pyright: ignore[reportArgumentType]
    if batch is None:
        messages.info(request, _("No letter waits to be printed."))
    return redirect("notify:post")


@require_POST
@requires("notify.hand_to_print")
def hand_over(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Note that a batch was handed to print."""
    batch = get_object_or_404(Batch, pk=batch_id)
    count = actions.confirm_batch(batch=batch, at=timezone.now())
    if count:
        words = ngettext("%(count)s letter was handed over.", "%(count)s letters were handed over.", count)
        messages.success(request, words % {"count": count})
    return redirect("notify:post")


@require_safe
@requires("notify.hand_to_print")
def download(_request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """A batch as a zip of PDFs and a list.

    Only until it is handed over, because codes in letters are then forgotten.
    """
    batch = get_object_or_404(Batch, pk=batch_id, handed_over_at__isnull=True)
    letters = Letter.objects.filter(batch=batch).order_by("created_at", "id")
    response = StreamingHttpResponse(zipped(list(letters)), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="letters-{batch.made_at:%Y-%m-%d}-{batch.pk.hex[-6:]}.zip"'
    response["Cache-Control"] = "no-store"
    return cast("HttpResponse", response)  # Django's stubs keep the two apart; every middleware of ours takes both


class _Sink(RawIOBase):
    """What a zip file writes into, given out piece by piece."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """Keep a piece."""
        self.parts.append(bytes(data))
        return len(data)

    def given_out(self) -> bytes:
        """All pieces since the last time."""
        parts, self.parts = self.parts, []
        return b"".join(parts)


def zipped(letters: list[Letter]) -> Iterator[bytes]:
    """A zip, letter by letter as they are made, and a list of them at the end."""
    sink, listing = _Sink(), StringIO()
    writer = csv.writer(listing)
    writer.writerow(["file", "letter", "language", "large_print", "postcode"])
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for number, letter in enumerate(letters, start=1):
            name = f"{number:04}-{letter.pk.hex[-12:]}.pdf"
            archive.writestr(name, printing.pdf(message_of(letter, timezone.localtime())))
            lines = letter.where.lines
            large = "yes" if letter.large_print else "no"
            writer.writerow([name, letter.kind, letter.language, large, safe(lines[-1] if lines else "")])
            yield sink.given_out()
        archive.writestr("letters.csv", listing.getvalue())
    yield sink.given_out()
