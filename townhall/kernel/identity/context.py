"""What identity adds to every page: who is reading, the ways in and out, and where people and teams are set up."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from townhall.kernel.design.registries import links, page_context
from townhall.kernel.identity.registries import SetUpPage, set_up_pages

links.add("sign_in", "identity:sign_in")
links.add("sign_out", "identity:sign_out")
links.add("security", "identity:security")

set_up_pages.add(
    "people", SetUpPage(_("People and roles"), "identity:people", _("Who works here, and what each may do"), order=10)
)
set_up_pages.add("teams", SetUpPage(_("Teams"), "identity:teams", _("Who shares a list of work"), order=11))
set_up_pages.add(
    "organisations",
    SetUpPage(_("Organisations"), "identity:organisations", _("The council, partners and contractors"), order=12),
)
set_up_pages.add(
    "changes", SetUpPage(_("Changes"), "identity:changes", _("Who changed what on these pages, and when"), order=90)
)


@page_context.register("identity")
def reader(request: HttpRequest) -> dict[str, Any]:
    """The person who reads the page, signed in or not."""
    return {"person": request.user} if hasattr(request, "user") else {}
