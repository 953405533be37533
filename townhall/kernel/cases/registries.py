"""What modules tell the cases they open: their kinds, who may act for whoever opened them, and officers' panels."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import urlencode
from uuid import UUID

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
    case told us, for a copy of it. `status_words` are what statuses are called where the usual word does not fit.
    """

    title: str
    title_cy: str
    categories: Callable[[], Sequence[Choice]]
    public_path: Callable[[Case], str | None]
    start_url_name: str = ""
    words: Callable[[Case], str] = lambda _case: ""
    status_words: Mapping[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True, slots=True)
class Told:
    """What came of something that a case has asked for: `done` or `failed` under the key of the order, or a `message`
    by its name, with what is known of it.
    """

    kind: str
    name: str
    data: dict[str, Any] = field(default_factory=dict[str, Any])


class Teller(Protocol):
    """Tells a case what came of what it has asked for, in the transaction that has the case's lock."""

    def __call__(self, case: Case, told: Told, *, at: datetime) -> bool:
        """Whether the case could take it: where it could not, nothing has changed."""
        ...


@dataclass(frozen=True, slots=True)
class Asker:
    """What a kind of case tells modules that ask something of whoever opened it, such as a payment or a day.

    `page` is the address where they see how it stands, for an officer too; `opens` whether a request may act for them.
    `key` is what letters carry behind `?key=`, for those who have no account. `waits` is whether the case would take a
    message now.
    """

    page: Callable[[Case], str]
    key: Callable[[Case], str]
    opens: Callable[[Any, Case], bool]
    tell: Teller
    waits: Callable[[Case, str], bool]

    def link(self, case: Case, path: str) -> str:
        """A path of another module as it stands in a letter about a case."""
        return f"{path}?{urlencode({'key': self.key(case)})}"


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the officer's case page: a template (an HTMX fragment) and what it needs."""

    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


case_kinds: Registry[CaseKind] = Registry("case kinds")
askers: Registry[Asker] = Registry("kinds of cases that ask for something")
"""By kind of case."""
can_do: Registry[Callable[[UUID, Sequence[str]], bool]] = Registry("who can do which tasks")
"""Functions of (a team's key, skills that a task needs): whether somebody of it could ever be given such a task."""
case_panels: Registry[Callable[[Case, Any], Panel | None]] = Registry("case panels")
"""Functions of (case, the officer) that give a panel or nothing."""
