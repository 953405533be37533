"""The council's teams that a package speaks of, and its work that would reach nobody here."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from townhall.kernel.cases.registries import can_do
from townhall.kernel.catalogue.packages.model import Package
from townhall.kernel.catalogue.words import Text
from townhall.kernel.identity.models import Membership, Team
from townhall.residents.services.selectors.words import language


def team_named(held: Package, who: str) -> Team | None:
    """The team that a package names: by its code, else by its name; none where nobody here is called so."""
    active, name = Team.objects.filter(is_active=True), held.service.teams.get(who)
    found = active.filter(code=who.replace("_", "-")).first()
    if found is None and name is not None:
        found = active.filter(name__iexact=name.en).first()
    return found


@dataclass(frozen=True, slots=True)
class Unmet:
    """Work that would reach nobody here: a team that is not there, one that nobody is in, or skills of a step that
    nobody of its team has. `who` is what the package calls the team.
    """

    who: str
    is_here: bool
    step: Text | None = None
    skills: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """A sentence in the reader's language."""
        if self.step is not None:
            told = {"step": self.step.said(language()), "team": self.who, "skills": ", ".join(self.skills)}
            return _("“%(step)s”: nobody in %(team)s can do all that it needs: %(skills)s.") % told
        said = _("Nobody is in the team %(team)s.") if self.is_here else _("No team here is called %(team)s.")
        return said % {"team": self.who}


def noted(found: Sequence[Unmet]) -> dict[str, list[str]]:
    """The same for the list of what staff changed; nothing where all work reaches somebody."""
    return {"reaches nobody": [each.said for each in found]} if found else {}


def unmet(held: Package) -> list[Unmet]:
    """The work of a package that would reach nobody here; empty where all of it reaches somebody."""
    found: list[Unmet] = []
    teams = {who: team_named(held, who) for who in held.service.teams}
    for who, team in teams.items():
        if team is None or not Membership.objects.filter(team=team, person__is_active=True).exists():
            found.append(Unmet(who, team is not None))
    for node in held.process.nodes.values():
        team = teams.get(node.task.who) if node.task else None
        if node.task and team and node.task.skills and not all(each(team.pk, node.task.skills) for each in can_do):
            found.append(Unmet(node.task.who, True, node.title, node.task.skills))
    return found
