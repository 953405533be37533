"""What identity adds to every page: who is reading, the ways in and out, and where people and teams are set up."""

import time
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from townhall.kernel.design.registries import links, page_context
from townhall.kernel.identity.actions import signing_in
from townhall.kernel.identity.registries import SetUpPage, set_up_pages

links.add("sign_in", "identity:sign_in")
links.add("sign_out", "identity:sign_out")
links.add("security", "identity:security")
links.add("stay", "identity:stay")

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
    """The person who reads the page, signed in or not, and until when they stay signed in without opening another."""
    if not hasattr(request, "user"):
        return {}
    if not request.user.is_authenticated:
        return {"person": request.user}
    ends = datetime.fromtimestamp(signing_in.ends_at(request, time.time()), UTC)
    left = max(0, int((ends - timezone.now()).total_seconds()))
    return {"person": request.user, "signed_in_until": ends, "signed_in_seconds": left}
