"""What a process waits to be told, the form that is asked with it, and the button that residents press for it."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from townhall.residents.editor import actions
from townhall.residents.editor.rules import messages as rules
from townhall.residents.editor.rules.parts import Part, mark
from townhall.residents.editor.rules.yaml_files import CannotChange, Words, opened, written
from townhall.residents.editor.views import typed
from townhall.residents.editor.views.desk import Desk, asked, of_draft
from townhall.residents.editor.views.going import FILE, named_in

SHEET = "service.yaml"


@require_http_methods(["GET", "POST"])
@of_draft
def messages(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The messages, and the one that is looked at with its button."""
    if request.method == "POST":
        return change(request, desk)
    tree, sheet = desk.tree(FILE), desk.tree(SHEET)
    found = rules.messages_of(tree, sheet) if tree is not None and sheet is not None else ()
    one = next((each for each in found if each.name == asked(request, "one")), found[0] if found else None)
    shown = {
        "found": found, "one": one, "is_readable": tree is not None and sheet is not None,
        "process_mark": desk.mark(FILE),
        "seen": desk.mark(FILE, rules.KEY, one.name) if one else "", "file": FILE if tree is None else SHEET,
        "button_mark": desk.mark(SHEET, rules.BUTTONS, one.name) if one else "", "forms": named_in(desk, "forms"),
        "told": [each for each in desk.examined.problems if each.place.file in {FILE, SHEET}][:12],
    }  # fmt: skip
    return desk.show("messages.html", "messages", **shown)


def change(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Keep what was typed for a message or for its button, or take both out."""
    name, do = asked(request, "one"), request.POST.get("_do")
    keys, about = (rules.KEY, name), typed.words(request, "title")
    if do == "remove":
        pressed = asked(request, "pressed")
        wrong = desk.keep(Part(FILE, keys), lambda files: without(files, name, pressed), "message_removed", name)
        return wrong or desk.done(desk.url("messages"))
    if do == "button":
        part, said = (rules.BUTTONS, name), typed.words(request, "words")
        wrong = desk.edit(SHEET, part, lambda tree: rules.change_button(tree, name, said), "button", said.en or name)
        return wrong or desk.done(desk.url("messages", one=name))
    if not about.en:
        return desk.refused(_("Say in English what the process is told."), 422)
    form = typed.said(request, "form")
    wrong = desk.edit(FILE, keys, lambda tree: rules.change_message(tree, name, about, form), "message", about.en)
    return wrong or desk.done(desk.url("messages", one=name))


def without(files: actions.Files, name: str, pressed: str) -> dict[str, str]:
    """The files without a message and its button, whose mark was `pressed`. Raises CannotChange where that is another
    by now.
    """
    if SHEET in files and mark(files, Part(SHEET, (rules.BUTTONS, name))) != pressed:
        raise CannotChange(_("Somebody has changed its button meanwhile. Look at it again."))
    process = opened(files.get(FILE, ""), FILE)
    rules.remove_message(process, name)
    kept = dict(files) | {FILE: written(process)}
    if SHEET in files:
        sheet = opened(files[SHEET], SHEET)
        rules.change_button(sheet, name, Words())
        kept[SHEET] = written(sheet)
    return kept


@require_POST
@of_draft
def add(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A message more."""
    title, made = typed.words(request, "title"), list[str]()
    if not title.en:
        return desk.refused(_("Say in English what the process is told."), 422)
    wrong = desk.edit(FILE, (), lambda tree: made.append(rules.add_message(tree, title)), "message_added", title.en)
    return wrong or desk.done(desk.url("messages", one=made[0]))
