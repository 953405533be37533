"""The portal's places in the shell, and what its search knows from the start."""
from django.utils.translation import gettext_lazy as _

from townhall.kernel.design.registries import NavEntry, footer_nav, links, resident_nav
from townhall.residents.portal.registries import Service, services

links.add("home", "portal:home")
links.add("account", "portal:account")
resident_nav.add("account", NavEntry(_("My account"), "portal:account", order=90))
footer_nav.add("accessibility", NavEntry(_("Accessibility"), "portal:accessibility", order=10))
footer_nav.add("privacy", NavEntry(_("Privacy and cookies"), "portal:privacy", order=20))
footer_nav.add("open data", NavEntry(_("Open data"), "portal:open_data", order=30))
footer_nav.add("contact", NavEntry(_("Contact us"), "portal:contact", order=50))

services.add("report", Service(
    _("Report a problem"), _("Litter, fly-tipping, roads, lights, trees"), "reports:start",
    ("report", "problem", "complain", "adrodd", "problem", "broblem"),
))  # fmt: skip
services.add("reports", Service(
    _("Reports near you"), _("What others have reported, and how it stands"), "reports:index",
    ("map", "reports", "near me", "status", "reported", "adroddiadau", "gerllaw"),
))  # fmt: skip
services.add("account", Service(
    _("My account"), _("Your reports, messages and how we reach you"), "portal:account",
    ("account", "sign in", "log in", "login", "my reports", "cyfrif", "mewngofnodi"),
))  # fmt: skip
services.add("measures", Service(
    _("How we are doing"), _("What we promise and what we keep"), "measures:index",
    ("performance", "how are you doing", "targets", "statistics", "perfformiad"),
))  # fmt: skip
services.add("privacy", Service(
    _("What we hold about you"), _("Read it, have it put right or deleted, and see who looked"), "privacy:mine",
    ("data", "privacy", "gdpr", "subject access", "delete my account", "my data", "preifatrwydd", "dileu"),
))  # fmt: skip
services.add("contact", Service(
    _("Contact us"), _("By telephone, text relay, letter or at the desk"), "portal:contact",
    ("contact", "phone", "telephone", "call", "email", "address", "opening hours", "cysylltu", "ffonio"),
))  # fmt: skip
