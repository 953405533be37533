"""What the service is, and each file as text."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from townhall.kernel.catalogue.packages.folder import NEEDED, PLACES
from townhall.residents.editor import selectors
from townhall.residents.editor.forms import FileForm
from townhall.residents.editor.rules import sheets
from townhall.residents.editor.rules.parts import Part
from townhall.residents.editor.rules.yaml_files import CannotChange
from townhall.residents.editor.views import typed
from townhall.residents.editor.views.desk import Desk, asked, of_draft

SHEET = "service.yaml"


@require_http_methods(["GET", "POST"])
@of_draft
def service(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What the service is."""
    if request.method == "POST":
        told = typed.sheet(request)
        wrong = desk.edit(SHEET, (), lambda tree: sheets.write(tree, told), "sheet")
        return wrong or desk.done(desk.url("service"))
    tree = desk.tree(SHEET)
    form = desk.examined.package.form if desk.examined.package else None
    shown = {
        "sheet": sheets.sheet_of(tree) if tree is not None else None, "file": SHEET, "seen": desk.mark(SHEET),
        "told": selectors.told_of(desk.examined.problems, SHEET), "units": sheets.UNITS,
        "asked": [each for each in form.questions.values() if not each.group] if form else [],
        "decisions": decisions_of(desk),
    }  # fmt: skip
    return desk.show("service.html", "service", **shown)


def decisions_of(desk: Desk) -> list[str]:
    """The decisions of the draft as a fee names them."""
    package = desk.examined.package
    return (
        [f"{file}#{name}" for file, engine in package.decisions.items() for name in engine.names()] if package else []
    )


@require_http_methods(["GET", "POST"])
@of_draft
def files(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All files; one as text, with what is wrong beside it."""
    file = asked(request, "file") or SHEET
    if request.method == "POST":
        return change(request, desk, file)
    if file not in desk.draft.files:
        raise Http404
    shown: dict[str, Any] = {
        "files": sorted(desk.draft.files, key=lambda each: (each.count("/"), each)), "file": file,
        "form": FileForm(initial={"text": desk.text(file)}), "seen": desk.mark(file),
        "told": selectors.told_of(desk.examined.problems, file), "is_needed": file in NEEDED,
        "counts": {each: len(selectors.told_of(desk.examined.problems, each)) for each in desk.draft.files},
    }  # fmt: skip
    return desk.show("files.html", "files", **shown)


def change(request: HttpRequest, desk: Desk, file: str) -> HttpResponse:
    """Keep a file's text, or take the file out."""
    if request.POST.get("_do") == "remove":
        wrong = desk.keep(
            Part(file), lambda held: {path: text for path, text in held.items() if path != file}, "file_removed", file
        )
        return wrong or desk.done(desk.url("files"))
    form = FileForm(request.POST)
    if not form.is_valid():
        return desk.refused(" ".join(str(error) for errors in form.errors.values() for error in errors), 422)
    wrong = desk.keep(Part(file), lambda held: dict(held) | {file: form.cleaned_data["text"]}, "file", file)
    return wrong or desk.done(desk.url("files", file=file))


@require_POST
@of_draft
def add_file(request: HttpRequest, desk: Desk) -> HttpResponse:
    """An empty file more."""
    file = typed.said(request, "file")
    if not PLACES.fullmatch(file):
        return desk.refused(
            _("There is no place for a file of that name. Write it as forms/check.yaml or letters/refused.md."), 422
        )

    def added(held: Any) -> dict[str, str]:
        if file in held:
            raise CannotChange(_("There is a file of that name already."))
        return dict(held) | {file: ""}

    wrong = desk.keep(Part(file), added, "file_added", file)
    return wrong or redirect(desk.url("files", file=file))
