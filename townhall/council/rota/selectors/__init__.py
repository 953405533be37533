"""Reads of the rota: who can and does work when, what waits, and what each has."""

from townhall.council.rota.selectors.teams import can_do, open_work, skill_names, weight_of, workers_of
from townhall.council.rota.selectors.waiting import heads, teams_with_work

__all__ = ["can_do", "heads", "open_work", "skill_names", "teams_with_work", "weight_of", "workers_of"]
