"""The process as a list of steps, each with what comes next, and its drawing."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from townhall.kernel.catalogue.decisions.model import ModelError
from townhall.kernel.catalogue.processes.drawing import as_svg
from townhall.kernel.catalogue.processes.words import sentences
from townhall.residents.editor import selectors
from townhall.residents.editor.rules import forms, process_names, processes
from townhall.residents.editor.rules import process_changes as changes
from townhall.residents.editor.rules.bookables import bookables_of
from townhall.residents.editor.rules.sheets import sheet_of
from townhall.residents.editor.rules.yaml_files import Words, as_map, as_text, at
from townhall.residents.editor.views import typed
from townhall.residents.editor.views.desk import Desk, asked, of_draft
from townhall.residents.editor.views.texts import decisions_of

FILE = "process.yaml"
STEPS = {"up": -1, "down": 1}


@require_GET
@of_draft
def process(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The steps, the one that is looked at, and the drawing of the whole."""
    tree = desk.tree(FILE)
    steps = processes.steps_of(tree) if tree is not None else ()
    step = next((each for each in steps if each.name == request.GET.get("step")), steps[0] if steps else None)
    facts, kept = process_names.known_names(tree) if tree is not None else ([], [])
    sheet = desk.tree("service.yaml")
    shown: dict[str, Any] = {
        "steps": steps, "step": step, "is_readable": tree is not None, "file": FILE, "facts": facts, "kept": kept,
        "seen": desk.mark(FILE, "states", step.name) if step else "", "names_mark": desk.mark(FILE),
        "drawing": drawing(desk),
        "told": told_of(desk, step.name if step else ""), "top": [each for each in steps if not each.depth],
        "kinds": processes.KINDS,
        "events": events_of(tree), "letters": named_in(desk, "letters"),
        "teams": sheet_of(sheet).teams if sheet is not None else (), "decisions": decisions_of(desk),
        "forms": named_in(desk, "forms"), "documents": named_in(desk, "documents"), "offered": offered_in(sheet),
        "sentences": sentences(desk.examined.package.process, desk.language) if desk.examined.package else [],
    }  # fmt: skip
    return desk.show("process.html", "process", **shown)


def named_in(desk: Desk, folder: str) -> list[str]:
    """The names of what stands in a folder."""
    return [each.split("/")[1].partition(".")[0] for each in desk.draft.files if each.startswith(f"{folder}/")]


def offered_in(sheet: Any) -> list[tuple[str, Words]]:
    """What a step can let somebody book."""
    return [(each.name, each.title) for each in bookables_of(sheet)] if sheet is not None else []


def events_of(tree: Any) -> list[str]:
    """What a way may wait for."""
    return ["done", "failed", *map(str, as_map(tree.get("messages") if tree is not None else None))]


def told_of(desk: Desk, name: str) -> list[Any]:
    """What is wrong in the process; what is wrong with the step first."""
    found = selectors.told_of(desk.examined.problems, FILE)
    return sorted(found, key=lambda each: f"'{name}'" not in each.message)[:12]


def drawing(desk: Desk) -> str:
    """The drawing, with names of its own so that it can stand in a page; empty while there is none."""
    package = desk.examined.package
    if package is None:
        return ""
    try:
        found = as_svg(package.process, desk.language)
    except ModelError:
        return ""
    return re.sub(r'(id="|labelledby="|url\(#)(title desc|title|desc|tip)', _own, found)


def _own(found: re.Match[str]) -> str:
    return found.group(1) + " ".join(f"drawing-{each}" for each in found.group(2).split())


@require_POST
@of_draft
def change_step(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Change a step, move it, or take it out."""
    name, do = asked(request, "step"), request.POST.get("_do", "save")
    if do in STEPS:
        wrong = desk.edit(
            FILE, ("states", name), lambda tree: changes.move_step(tree, name, STEPS[do]), "step_moved", name
        )
    elif do == "remove":
        wrong = desk.edit(FILE, ("states", name), lambda tree: changes.remove_step(tree, name), "step_removed", name)
        return wrong or desk.done(desk.url("process"))
    else:
        told = typed.step(request, name)
        wrong = desk.edit(FILE, ("states", name), lambda tree: change(desk, tree, told), "step", told.title.en or name)
    return wrong or desk.done(desk.url("process", step=name))


def change(desk: Desk, tree: Any, told: processes.Step) -> None:
    """Write a step, and name the answers that the process then looks at."""
    changes.change_step(tree, told)
    form = desk.tree("form.yaml")
    asked_for = {} if form is None else {
        name: process_names.type_of(each.kind, each.plain["value"])
        for name, each in forms.asked_in(form).items()
        if not each.depth
    }  # fmt: skip
    file, _sign, decision = told.service.partition("#")
    held = desk.tree(file) if told.kind == "decision" and file in desk.draft.files else None
    kind = as_text(at(held, "decisions", decision, "type")) if held is not None else ""
    process_names.settle(tree, asked_for, kind or "string")


@require_POST
@of_draft
def add(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A step more."""
    title, kind, made = typed.words(request, "name"), typed.said(request, "kind"), list[str]()
    if not title.en or kind not in processes.KINDS:
        return desk.refused(_("Say in English what happens in the step."), 422)
    first = next((name for name, _title in offered_in(desk.tree("service.yaml")) if kind == "booking"), "")

    def make(tree: Any) -> None:
        made.append(changes.add_step(tree, title, kind, first))

    wrong = desk.edit(FILE, (), make, "step_added", title.en)
    return wrong or desk.done(desk.url("process", step=made[0]))


@require_POST
@of_draft
def change_names(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Change which answers the process looks at, and what it keeps itself."""

    def make(tree: Any) -> None:
        process_names.write_names(tree, "variables", typed.names(request, "variables"))
        process_names.write_names(tree, "facts", typed.names(request, "facts"))

    wrong = desk.edit(FILE, (), make, "names")
    return wrong or desk.done(desk.url("process", step=asked(request, "step")))
