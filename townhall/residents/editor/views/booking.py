"""What can be booked: its week and its numbers, as the service proposes them to the council that publishes it."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from townhall.kernel.catalogue.packages.bookables import WEEKDAYS
from townhall.residents.bookings.selectors import weekday_words
from townhall.residents.editor import selectors
from townhall.residents.editor.rules import bookables as rules
from townhall.residents.editor.views import typed
from townhall.residents.editor.views.desk import Desk, asked, of_draft

FILE = "service.yaml"


@require_http_methods(["GET", "POST"])
@of_draft
def bookings(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What can be booked, and the one that is looked at."""
    if request.method == "POST":
        return change(request, desk)
    tree = desk.tree(FILE)
    offered = rules.bookables_of(tree) if tree is not None else ()
    one = next((each for each in offered if each.name == asked(request, "one")), offered[0] if offered else None)
    shown = {
        "offered": offered, "one": one, "is_readable": tree is not None, "file": FILE, "sheet_mark": desk.mark(FILE),
        "seen": desk.mark(FILE, rules.KEY, one.name) if one else "",
        "days": [(day, weekday_words(number)) for number, day in enumerate(WEEKDAYS)],
        "told": selectors.told_of(desk.examined.problems, FILE),
    }  # fmt: skip
    return desk.show("bookings.html", "bookings", **shown)


def change(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Keep what was typed for one, or take it out."""
    name = asked(request, "one")
    keys = (rules.KEY, name)
    if request.POST.get("_do") == "remove":
        wrong = desk.edit(FILE, keys, lambda tree: rules.remove_bookable(tree, name), "bookable_removed", name)
        return wrong or desk.done(desk.url("bookings"))
    told = typed.bookable(request, name)
    wrong = desk.edit(FILE, keys, lambda tree: rules.change_bookable(tree, told), "bookable", told.title.en or name)
    return wrong or desk.done(desk.url("bookings", one=name))


@require_POST
@of_draft
def add(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Something more to book."""
    title, made = typed.words(request, "title"), list[str]()
    if not title.en:
        return desk.refused(_("Say in English what is booked."), 422)
    wrong = desk.edit(FILE, (), lambda tree: made.append(rules.add_bookable(tree, title)), "bookable_added", title.en)
    return wrong or desk.done(desk.url("bookings", one=made[0]))
