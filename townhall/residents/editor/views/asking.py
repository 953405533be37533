"""Pages and questions: shown, added, moved, changed and taken out by clicking."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from townhall.kernel.catalogue.decisions.model import ModelError, Place
from townhall.kernel.catalogue.forms.expressions import compiled
from townhall.residents.editor import selectors
from townhall.residents.editor.rules import form_changes as changes
from townhall.residents.editor.rules import forms
from townhall.residents.editor.rules.forms import Asked, Page
from townhall.residents.editor.rules.yaml_files import Tree, as_map
from townhall.residents.editor.views import typed
from townhall.residents.editor.views.desk import Desk, asked, of_draft
from townhall.residents.editor.views.trying import pane

MAIN = "form.yaml"
STEPS = {"up": -1, "down": 1}


def file_of(request: HttpRequest, desk: Desk) -> str:
    """The form that is worked on: the residents', or one of the officers'."""
    file = asked(request, "file") or MAIN
    if file != MAIN and not (file.startswith("forms/") and file in desk.draft.files):
        raise Http404
    return file


@require_GET
@of_draft
def form(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The form: its pages and questions in order, and the one that is looked at."""
    file = file_of(request, desk)
    tree = desk.tree(file)
    pages = forms.pages_of(tree) if tree is not None else ()
    question = next(
        (each for page in pages for each in page.questions if each.name == request.GET.get("question")), None
    )
    page = next((each for each in pages if each.name == request.GET.get("page")), None)
    if question is None and page is None and pages and pages[0].questions:
        question = pages[0].questions[0]
    shown = {
        "file": file, "pages": pages, "question": question, "page": page, "is_readable": tree is not None,
        "others": [each for each in desk.draft.files if each.startswith("forms/")],
        "seen": seen_of(desk, file, question, page), "file_mark": desk.mark(file, "pages"),
        "told": about(desk, file, tree, question, page),
        "add_to": question.page if question else page.name if page else "",
        "groups": [each for one in pages for each in one.questions if each.kind == "group"],
    }  # fmt: skip
    return desk.show(
        "form.html", "form", **shown, **pane(desk, question.page if question else page.name if page else "")
    )


def seen_of(desk: Desk, file: str, question: Asked | None, page: Page | None) -> str:
    """The mark of what is looked at."""
    name = question.page if question else page.name if page else ""
    return desk.mark(file, "pages", name) if name else desk.mark(file)


def about(desk: Desk, file: str, tree: Tree | None, question: Asked | None, page: Page | None) -> list[Any]:
    """What is wrong with the thing that is looked at, by its lines; in a file that cannot be read, everything."""
    told = selectors.told_of(desk.examined.problems, file)
    if tree is None:
        return told
    around: Any = changes.find(tree, question.name).around if question else tree.get("pages")
    thing = question or page
    lines = lines_of(around, thing.name) if thing else range(0)
    return [each for each in told if each.place.line in lines]


def lines_of(around: Any, name: str) -> range:
    """The lines of a thing among others of its kind."""
    lines = sorted(around.lc.key(key)[0] + 1 for key in around if key in (around.lc.data or {}))
    here = around.lc.key(name)[0] + 1 if name in (around.lc.data or {}) else 0
    after = next((line for line in lines if line > here), here + 400)
    return range(here, after) if after > here else range(here, here + 1)


@require_POST
@of_draft
def add(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A question or a page more."""
    file, label = file_of(request, desk), typed.words(request, "label")
    kind, page, group = (
        typed.said(request, "type") or "text",
        typed.said(request, "to_page"),
        typed.said(request, "group"),
    )
    made: list[str] = []
    if not label.en:
        return desk.refused(_("Say in English what is asked."), 422)

    def make(tree: Tree) -> None:
        added = changes.add_question(tree, page, kind, label, group) if page else changes.add_page(tree, kind, label)
        made.append(added)

    wrong = desk.edit(file, ("pages",), make, "question_added" if page else "page_added", label.en)
    return wrong or desk.done(desk.url("form", **where(file, "question", made[0])))


def where(file: str, key: str, name: str) -> dict[str, str]:
    """What an address says of the thing that is looked at."""
    return {key: name} if file == MAIN else {"file": file, key: name}


@require_POST
@of_draft
def change_question(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Change a question, move it, or take it out."""
    file, name, do = file_of(request, desk), asked(request, "question"), request.POST.get("_do", "save")
    tree = desk.tree(file)
    held = forms.asked_in(tree).get(name) if tree is not None else None
    page = held.page if held else ""
    keys = ("pages", page) if page else ()
    if do in STEPS:
        wrong = desk.edit(file, keys, lambda tree: changes.move_question(tree, name, STEPS[do]), "question_moved", name)
    elif do == "remove":
        wrong = desk.edit(file, keys, lambda tree: changes.remove_question(tree, name), "question_removed", name)
        return wrong or desk.done(desk.url("form", **where(file, "page", page)))
    else:
        told = typed.change(request)
        about = told.texts["label"].en or name
        wrong = desk.edit(file, keys, lambda tree: changes.change_question(tree, name, told), "question", about)
    return wrong or desk.done(desk.url("form", **where(file, "question", name)))


@require_POST
@of_draft
def change_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Change a page, move it, or take it out."""
    file, name, do = file_of(request, desk), asked(request, "page"), request.POST.get("_do", "save")
    if do in STEPS:
        wrong = desk.edit(
            file, ("pages", name), lambda tree: changes.move_page(tree, name, STEPS[do]), "page_moved", name
        )
    elif do == "remove":
        wrong = desk.edit(file, ("pages", name), lambda tree: changes.remove_page(tree, name), "page_removed", name)
        return wrong or desk.done(desk.url("form", **({} if file == MAIN else {"file": file})))
    else:
        title, text, when = typed.words(request, "title"), typed.words(request, "text"), typed.said(request, "when")
        wrong = desk.edit(
            file,
            ("pages", name),
            lambda tree: changes.change_page(tree, name, title=title, text=text, when=when),
            "page",
            title.en or name,
        )
    return wrong or desk.done(desk.url("form", **where(file, "page", name)))


@require_POST
@of_draft
def feel(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What is wrong with an expression, for whoever is typing it; empty where nothing is."""
    text, tree = request.POST.get("text", "")[:5_000], desk.tree(file_of(request, desk))
    names = frozenset([*forms.asked_in(tree), *map(str, as_map(tree.get("facts")))] if tree is not None else [])
    told = ""
    if text.strip():
        try:
            compiled(text, names, {}, Place(MAIN))
        except ModelError as problem:
            told = f"{problem.message} {problem.cure}".strip()
    return JsonResponse({"wrong": told})
