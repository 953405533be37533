"""What Open311 adds to other pages: where a case that belongs to another council stands, and the page of keys."""
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from townhall.kernel.cases.models import Case
from townhall.kernel.cases.registries import Panel, case_panels
from townhall.kernel.identity.registries import SetUpPage, set_up_pages
from townhall.residents.open311.selectors.forwarded import standing

set_up_pages.add(
    "open311",
    SetUpPage(_("Open311 keys"), "open311:keys", _("Which other systems may send and change reports"), order=60),
)


@case_panels.register("open311")
def panel(case: Case, _person: Any) -> Panel | None:
    """How sending the case to its council stands; nothing for our own cases."""
    found = standing(case.pk)
    if found is None:
        return None
    return Panel(title=gettext("With another council"), template="open311/_panel.html", context={"standing": found})
