"""Our modules, bottom up. Packages from outside join through the entry point group `townhall.modules`."""

from importlib.metadata import entry_points

MODULES = [
    "townhall.kernel.modules.apps.Modules",
    "townhall.kernel.design.apps.Design",
    "townhall.kernel.authority.apps.Authorities",
    "townhall.kernel.outbox.apps.Outbox",
    "townhall.kernel.identity.apps.Identity",
    "townhall.kernel.live.apps.Live",
    "townhall.kernel.jobs.apps.Jobs",
    "townhall.kernel.privacy.apps.Privacy",
    "townhall.kernel.documents.apps.Documents",
    "townhall.kernel.geo.apps.Geo",
    "townhall.kernel.notify.apps.Notify",
    "townhall.kernel.measures.apps.Measures",
    "townhall.kernel.cases.apps.Cases",
    "townhall.kernel.catalogue.apps.Catalogue",
    "townhall.kernel.mapping.apps.Mapping",
    "townhall.residents.reports.apps.Reports",
    "townhall.residents.payments.apps.Payments",
    "townhall.residents.bookings.apps.Bookings",
    "townhall.residents.services.apps.Services",
    "townhall.residents.editor.apps.Editor",
    "townhall.residents.open311.apps.Open311",
    "townhall.residents.webhooks.apps.Webhooks",
    "townhall.residents.portal.apps.Portal",
    "townhall.council.rota.apps.Rota",
    "townhall.council.casework.apps.Casework",
    "townhall.upkeep.apps.Upkeep",
]
DEMO_MODULES = ["townhall.demo.apps.Demo"]


def outside_modules() -> list[str]:
    """Dotted names of the module classes that installed packages offer."""
    return [entry.value.replace(":", ".") for entry in entry_points(group="townhall.modules")]
