"""Where measures stand in the navigation."""

from django.utils.translation import gettext_lazy as _

from townhall.kernel.design.registries import NavEntry, footer_nav, officer_nav

footer_nav.add("measures", NavEntry(title=_("How we are doing"), url_name="measures:index", order=40))
officer_nav.add("measures", NavEntry(title=_("Measures"), url_name="measures:index", order=40))
