"""Bringing in a file from elsewhere: it takes the place of a part of the draft, and is taken back like any change."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from townhall.residents.editor import actions, selectors
from townhall.residents.editor.forms import BringForm
from townhall.residents.editor.models import Change
from townhall.residents.editor.rules.bringing import FORM, PROCESS, Brought, brought
from townhall.residents.editor.rules.parts import Part
from townhall.residents.editor.rules.yaml_files import CannotChange
from townhall.residents.editor.views.desk import Desk, of_draft

LEFT = "left"
MOST_LEFT = 12


@require_http_methods(["GET", "POST"])
@of_draft
def bring(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The page to choose a file on; where it cannot be brought in, why, with the draft as it was."""
    if request.method != "POST":
        return page(desk, BringForm())
    form = BringForm(request.POST, request.FILES)
    if form.is_valid():
        file, said = form.cleaned_data["file"], form.cleaned_data
        try:
            found = readable(desk, brought(file.read(), file.name, said["process"]))
            keep(desk, found, file.name, said["number"])
            return done(desk, found)
        except CannotChange as problem:
            form.add_error("file", str(problem))
        except actions.Clash as clash:
            form.add_error("file", meanwhile(clash.last))
        except actions.Frozen:
            return desk.refused(_("The draft cannot be changed now: it waits for review or is published."), 409)
    return page(desk, form, 422)


def page(desk: Desk, form: BringForm, status: int = 200) -> HttpResponse:
    """The page; it knows how far the draft was when it was opened."""
    return desk.show("bring.html", "", status, form=form, number=desk.draft.number)


def readable(desk: Desk, found: Brought) -> Brought:
    """What was brought, where a service can be made of it: what is less wrong than that is mended in the draft.

    Raises CannotChange with what is wrong.
    """
    called = {path: text for path, text in desk.draft.files.items() if "/" not in path and path.endswith(".yaml")}
    beside = called | selectors.smallest() | {found.file: found.text}
    package, problems = selectors.examined_of("brought", beside)
    if package is None:
        raise CannotChange(" ".join(str(each) for each in selectors.told_of(problems, found.file)[:3]))
    return found


def keep(desk: Desk, found: Brought, name: str, number: int) -> None:
    """Put it where it belongs. Raises Clash where somebody has changed that since the page was opened, and Frozen."""
    since = desk.draft.changes.filter(number__gt=number, files__has_key=found.file).select_related("by")
    if last := since.order_by("-number").first():
        raise actions.Clash(last, "")
    desk.draft = actions.change(
        draft_id=desk.draft.pk, part=Part(found.file), seen=desk.mark(found.file),
        make=lambda held: dict(held) | {found.file: found.text}, what="brought", about=f"{name} → {found.file}",
        by=desk.person, at=timezone.now(),
    )  # fmt: skip


def meanwhile(last: Change | None) -> str:
    """That somebody was quicker."""
    name = last.by.name if last else "–"
    return _("%(name)s has changed this part meanwhile. Look at it, then choose the file again.") % {"name": name}


def done(desk: Desk, found: Brought) -> HttpResponse:
    """On to what was brought in, with what of it is left behind."""
    where = {FORM: desk.url("form"), PROCESS: desk.url("process")}
    text = _("Brought in: look through it. Undo puts back what it has replaced.")
    answer = desk.done(where.get(found.file, desk.url("tables", file=found.file)), text)
    for each in found.left[:MOST_LEFT]:
        messages.warning(desk.request, each, extra_tags=LEFT)
    if (more := len(found.left) - MOST_LEFT) > 0:
        rest = ngettext("%(count)s thing more is left behind.", "%(count)s things more are left behind.", more)
        messages.warning(desk.request, rest % {"count": more})
    return answer
