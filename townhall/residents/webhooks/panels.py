"""The page of webhooks among what administrators set up."""

from django.utils.translation import gettext_lazy as _

from townhall.kernel.identity.registries import SetUpPage, set_up_pages

set_up_pages.add(
    "webhooks",
    SetUpPage(_("Webhooks"), "webhooks:hooks", _("Which systems are told when a public report changes"), order=61),
)
