"""Who may hear of an event as it happens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from townhall.kernel.modules.registries import Registry
from townhall.kernel.outbox.events import Delivered


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may be told: everybody, a team's people (None: cases that no team has), and single people."""

    is_public: bool
    team_id: UUID | None
    people: tuple[UUID, ...] = ()


audiences: Registry[Callable[[Sequence[Delivered]], dict[UUID, Audience]]] = Registry("audiences")
"""Functions from events to the audience of each, by event id; an event that nobody speaks for is told to nobody."""
