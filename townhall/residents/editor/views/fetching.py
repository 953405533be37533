"""A version or a draft to take away: its folder, the drawing and BPMN of its process, the DMN of a file of tables."""

import io
import zipfile

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from townhall.kernel.catalogue.decisions.exporting import exported
from townhall.kernel.catalogue.decisions.model import ModelError
from townhall.kernel.catalogue.processes.bpmn import as_bpmn
from townhall.kernel.catalogue.processes.drawing import as_svg
from townhall.kernel.identity.permissions import requires
from townhall.residents.editor import selectors
from townhall.residents.editor.selectors import Side
from townhall.residents.editor.views.comparing import side_of
from townhall.residents.services import selectors as services

XML = "application/xml"


@require_safe
@requires("services.edit")
def folder(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """All files, to keep them elsewhere or to read them in another tool."""
    side, out = side_of(request, slug, key), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, text in sorted(side.files.items()):
            packed.writestr(f"{slug}/{path}", text)
    return handed(out.getvalue(), "application/zip", side, "zip")


@require_safe
@requires("services.edit")
def process(request: HttpRequest, slug: str, key: str, kind: str) -> HttpResponse:
    """The process: its drawing in the reader's language (`svg`), or a diagram that other tools open (`bpmn`)."""
    side = side_of(request, slug, key)
    package = selectors.read_of(slug, side.files)
    if package is None:
        return unreadable()
    try:
        text = as_svg(package.process, services.language()) if kind == "svg" else as_bpmn(package.process)
    except ModelError as problem:
        return unreadable(str(problem))
    return handed(text.encode(), "image/svg+xml" if kind == "svg" else XML, side, kind)


@require_safe
@requires("services.edit")
def tables(request: HttpRequest, slug: str, key: str, name: str) -> HttpResponse:
    """A file of tables as DMN: what is kept as DMN as it is."""
    side = side_of(request, slug, key)
    files = side.files
    kept, written = files.get(f"decisions/{name}.dmn"), files.get(f"decisions/{name}.yaml")
    if kept is None and written is None:
        raise Http404
    try:
        text = kept if kept is not None else exported((written or "").encode(), f"{name}.yaml").text
    except (ModelError, RecursionError) as problem:
        return unreadable(str(problem))
    return handed(text.encode(), XML, side, "dmn", f"-{name}")


def handed(content: bytes, kind: str, side: Side, ending: str, about: str = "") -> HttpResponse:
    """A file that is saved and never shown in the page's place; its name says which version it is of."""
    response = HttpResponse(content, content_type=kind)
    name = f"{side.slug}-{'draft' if side.is_draft else side.key[:8]}{about}.{ending}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


def unreadable(why: str = "") -> HttpResponse:
    """Why there is no such file, in words: something must be mended first."""
    text = _("There is no such file while something in the service cannot be read. Mend what its pages tell first.")
    return HttpResponse(f"{text}\n{why}".strip(), status=409, content_type="text/plain; charset=utf-8")
