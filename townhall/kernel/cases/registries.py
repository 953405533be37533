"""What modules tell the cases they open: their kinds, and panels for the officer's page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from townhall.kernel.cases.models import Case
from townhall.kernel.modules.registries import Registry

ON_BEHALF = "on_behalf_of"
"""The session's key for whom an officer starts a case on the telephone: a person's key, or "nobody" without a name."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A category that cases of a kind can have. `owner_gss` names the authority that deals with it; empty is ours."""

    code: str
    title: str
    title_cy: str
    group: str
    group_cy: str
    target_days: int | None
    owner_gss: str = ""


@dataclass(frozen=True, slots=True)
class CaseKind:
    """A kind of case. `public_path` gives the address of its public page, or None where it has none.

    `start_url_name` is where somebody starts one, also an officer for a caller. `words` gives what whoever opened the
    case told us, for a copy of it.
    """

    title: str
    title_cy: str
    categories: Callable[[], Sequence[Choice]]
    public_path: Callable[[Case], str | None]
    start_url_name: str = ""
    words: Callable[[Case], str] = lambda _case: ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the officer's case page: a template (an HTMX fragment) and what it needs."""

    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


case_kinds: Registry[CaseKind] = Registry("case kinds")
case_panels: Registry[Callable[[Case, Any], Panel | None]] = Registry("case panels")
"""Functions of (case, the officer) that give a panel or nothing."""
