"""The geo module's place on the set-up page."""

from django.utils.translation import gettext_lazy as _

from townhall.kernel.identity.registries import SetUpPage, set_up_pages

set_up_pages.add(
    "places",
    SetUpPage(_("Places and maps"), "geo:loaded", _("What boundaries, addresses and maps are loaded"), order=40),
)
