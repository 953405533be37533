"""The editor's place in the officers' navigation."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from townhall.kernel.design.registries import NavEntry, officer_nav
from townhall.kernel.identity.permissions import allows


def _writes(request: HttpRequest) -> bool:
    return allows(request.user, "services.edit")


officer_nav.add("services", NavEntry(_("Services"), "editor:index", order=60, may=_writes, prefix="/work/services/"))
