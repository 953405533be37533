"""Letters and documents in both languages, with what they would look like."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from townhall.kernel.catalogue.packages.filling import GIVEN
from townhall.kernel.notify.rules import as_html, fill, fill_line
from townhall.residents.editor import selectors
from townhall.residents.editor.rules.letters import HEAD, Letter, begun, file_of, letter_of
from townhall.residents.editor.rules.names import name_of
from townhall.residents.editor.rules.parts import Part
from townhall.residents.editor.views import typed
from townhall.residents.editor.views.desk import Desk, asked, of_draft

FOLDERS = ("letters/", "documents/")
SITE = "https://town.example"


@dataclass(frozen=True, slots=True)
class Look:
    """A letter as somebody would read it, with its examples filled in; or why it cannot be shown."""

    language: str
    subject: str = ""
    body: str = ""
    problem: str = ""


@require_http_methods(["GET", "POST"])
@of_draft
def letters(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The letters, and the one that is looked at with its preview."""
    files = texts_of(desk)
    file = asked(request, "file") or next(iter(files), "")
    if file and file not in files:
        raise Http404
    if request.method == "POST" and file:
        return change(request, desk, file)
    letter = letter_of(desk.text(file)) if file else Letter()
    return page(desk, files, file, letter)


def texts_of(desk: Desk) -> list[str]:
    """The files of letters, then of documents."""
    return [path for folder in FOLDERS for path in sorted(desk.draft.files) if path.startswith(folder)]


def page(desk: Desk, files: list[str], file: str, letter: Letter) -> HttpResponse:
    """The page with one letter."""
    package = desk.examined.package
    asked_for = [each.name for each in package.form.questions.values() if not each.group] if package else []
    shown = {
        "files": [(each, letter_of(desk.text(each)).head.get("title", "") or each) for each in files],
        "file": file, "letter": letter,
        "seen": desk.mark(file) if file else "", "looks": [look(letter, each) for each in ("en", "cy")],
        "told": selectors.told_of(desk.examined.problems, file), "may_say": [*GIVEN, *asked_for],
    }  # fmt: skip
    return desk.show("letters.html", "letters", **shown)


def look(letter: Letter, language: str) -> Look:
    """A letter with its examples filled in."""
    subject, body = letter.head.get(f"subject_{language}", ""), letter.body_cy if language == "cy" else letter.body_en
    values = {name: letter.examples.get(name, name.replace("_", " ")) for name in letter.used}
    try:
        return Look(language, fill_line(subject, values), as_html(fill(body, values, base_url=SITE)))
    except ValueError as problem:
        return Look(language, subject, problem=str(problem))


def change(request: HttpRequest, desk: Desk, file: str) -> HttpResponse:
    """Keep a letter, show it as it is typed, or take it out."""
    if request.POST.get("_do") == "remove":
        wrong = desk.keep(
            Part(file), lambda held: {path: text for path, text in held.items() if path != file}, "file_removed", file
        )
        return wrong or desk.done(desk.url("letters"))
    examples = {
        name.removeprefix("example."): typed.said(request, name) for name in request.POST if name.startswith("example.")
    }
    told = Letter(
        {key: typed.said(request, key) for key in HEAD},
        typed.said(request, "body_en"),
        typed.said(request, "body_cy"),
        examples,
    )
    if request.POST.get("_do") == "look":
        return page(desk, texts_of(desk), file, told)
    what = "document" if file.startswith("documents/") else "letter"
    wrong = desk.keep(Part(file), lambda held: dict(held) | {file: file_of(told)}, what, told.head["title"])
    return wrong or desk.done(desk.url("letters", file=file))


@require_POST
@of_draft
def add(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A letter more, or a document."""
    title = typed.words(request, "title")
    kind = "document" if typed.said(request, "kind") == "document" else "letter"
    if not title.en:
        is_letter, letter = kind == "letter", _("Say in English what the letter tells.")
        return desk.refused(letter if is_letter else _("Say in English what the document tells."), 422)
    taken = {each.removeprefix(f"{kind}s/").removesuffix(".md") for each in desk.draft.files}
    file = f"{kind}s/{name_of(title.en, taken, kind)}.md"
    text = begun(title.en, title.cy or title.en, with_subject=kind == "letter")
    wrong = desk.keep(Part(file), lambda held: dict(held) | {file: text}, f"{kind}_added", title.en)
    return wrong or desk.done(desk.url("letters", file=file))
