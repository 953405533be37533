"""The rota in the officers' shell, and among what is set up."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from townhall.council.rota import selectors
from townhall.kernel.cases import registries
from townhall.kernel.design.registries import NavEntry, officer_nav
from townhall.kernel.identity.permissions import allows
from townhall.kernel.identity.registries import SetUpPage, set_up_pages


def _works(request: HttpRequest) -> bool:
    return allows(request.user, "cases.see_queue")


registries.can_do.add("rota", selectors.can_do)
officer_nav.add("rota", NavEntry(_("My work"), "rota:mine", order=15, may=_works, prefix="/work/rota/"))
set_up_pages.add(
    "skills",
    SetUpPage(
        _("Skills"), "rota:skills",
        _("What tasks can need, and how much work such a task is. Who has them stands on the board of each team."),
        _("How cases are dealt with"), order=12,
    ),
)  # fmt: skip
