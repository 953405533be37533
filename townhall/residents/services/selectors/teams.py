"""The council's teams that a package speaks of."""

from townhall.kernel.catalogue.packages.model import Package
from townhall.kernel.identity.models import Team


def team_named(held: Package, who: str) -> Team | None:
    """The team that a package names: by its code, else by its name; none where nobody here is called so."""
    active, name = Team.objects.filter(is_active=True), held.service.teams.get(who)
    found = active.filter(code=who.replace("_", "-")).first()
    if found is None and name is not None:
        found = active.filter(name__iexact=name.en).first()
    return found


def not_here(held: Package) -> list[str]:
    """What a package calls teams that nobody here is."""
    return [who for who in held.service.teams if team_named(held, who) is None]
