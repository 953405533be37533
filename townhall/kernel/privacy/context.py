"""Where privacy appears: the link to the register of what we keep, and the set-up page."""

from django.utils.translation import gettext_lazy as _

from townhall.kernel.design.registries import links
from townhall.kernel.identity.registries import SetUpPage, set_up_pages

links.add("privacy", "privacy:register")
set_up_pages.add(
    "privacy", SetUpPage(_("Subject access"), "privacy:disclosures", _("Give people what we hold about them"), order=80)
)
set_up_pages.add(
    "retention", SetUpPage(_("Retention"), "privacy:retention", _("How long we keep what we hold"), order=81)
)
