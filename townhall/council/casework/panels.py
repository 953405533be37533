"""What casework adds to every officer's page: its places in the navigation, the search, the set-up pages."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from townhall.council.casework.rules.filters import Filter
from townhall.council.casework.selectors import maps, queue
from townhall.kernel.design.registries import NavEntry, links, officer_nav
from townhall.kernel.identity.permissions import allows, check
from townhall.kernel.identity.registries import SetUpPage, set_up_pages
from townhall.kernel.mapping.registries import map_layers
from townhall.kernel.mapping.rules import Wanted


def _has_queue(request: HttpRequest) -> bool:
    return allows(request.user, "cases.see_queue")


def _takes_calls(request: HttpRequest) -> bool:
    return allows(request.user, "identity.work_here")


def _sets_up(request: HttpRequest) -> bool:
    return allows(request.user, "identity.set_up")


def _open_cases(request: HttpRequest) -> int:
    """How many cases the person's list has; the queue has counted them already."""
    counted = getattr(request, "casework_count", None)
    return (counted or queue.open_count(request.user, timezone.now())).number  # pyright: ignore[reportArgumentType]


officer_nav.add(
    "queue", NavEntry(_("Queue"), "casework:queue", order=10, may=_has_queue, count=_open_cases, prefix="/work/")
)
officer_nav.add("calls", NavEntry(_("Calls"), "casework:calls", order=20, may=_takes_calls))
officer_nav.add("set up", NavEntry(_("Set up"), "casework:set_up", order=90, may=_sets_up))
if "officer_home" not in links:
    links.add("officer_home", "casework:queue")
links.add("officer_search", "casework:search")

set_up_pages.add(
    "routing",
    SetUpPage(
        _("Routing rules"), "casework:rules", _("Which team gets which case, and why. Try a case before it comes."),
        _("How cases are dealt with"), order=10,
    ),
)  # fmt: skip
set_up_pages.add(
    "council",
    SetUpPage(
        _("This council"), "casework:council",
        _("Name, colours, telephone and hours; neighbours and how they are reached."),
        _("The council"), order=1,
    ),
)  # fmt: skip


@map_layers.register("queue")
def queue_layer(request: HttpRequest) -> Wanted:
    """The map beside the queue: the cases of the list that this person may see."""
    check(request.user, "cases.see_queue")
    chosen = Filter.parse(request.GET, default=queue.usual(request.user))  # pyright: ignore[reportArgumentType]
    return maps.wanted(chosen, request.user, timezone.now())  # pyright: ignore[reportArgumentType]
