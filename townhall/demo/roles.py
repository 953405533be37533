"""Who a visitor can walk in as."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class DemoRole:
    """A button of the start page: the person by e-mail, what they do, and where they begin."""

    code: str
    title: str | Promise
    who: str
    does: str | Promise
    email: str
    begins_at: str


ROLES = (
    DemoRole(
        "resident",
        _("Resident"),
        "Asha Begum, Southbank",
        _("Report a light, follow it over two councils"),
        "asha.begum@example.org",
        "portal:home",
    ),
    DemoRole(
        "officer",
        _("Officer"),
        "Dev Patel, Street Scene",
        _("See reports arrive, and why; fix one"),
        "dev.patel@northmere.example",
        "casework:queue",
    ),
    DemoRole(
        "call-centre",
        _("Call centre"),
        "Morag Ellis, front desk",
        _("Take a call by keyboard alone"),
        "morag.ellis@northmere.example",
        "casework:calls",
    ),
    DemoRole(
        "manager",
        _("Manager"),
        "Ruth Okafor, Street Scene",
        _("Watch a measure move as work is done"),
        "ruth.okafor@northmere.example",
        "measures:index",
    ),
    DemoRole(
        "administrator",
        _("Administrator"),
        "Glyn Parry, digital",
        _("Change a rule, try it, save it"),
        "glyn.parry@northmere.example",
        "casework:set_up",
    ),
)
COUNTY_ROLES = (
    DemoRole(
        "officer",
        _("Officer"),
        "Nadia Rahman, Street lighting",
        _("See what the district passed on; fix one"),
        "nadia.rahman@merrowshire.example",
        "casework:queue",
    ),
    DemoRole(
        "call-centre",
        _("Call centre"),
        "Morag Ellis, front desk",
        _("Take a call by keyboard alone"),
        "morag.ellis@merrowshire.example",
        "casework:calls",
    ),
    DemoRole(
        "administrator",
        _("Administrator"),
        "Glyn Parry, digital",
        _("Change a rule, try it, save it"),
        "glyn.parry@merrowshire.example",
        "casework:set_up",
    ),
)


def roles_of(tier: str) -> tuple[DemoRole, ...]:
    """The buttons of a district's or a county's start page."""
    return COUNTY_ROLES if tier == "county" else ROLES
