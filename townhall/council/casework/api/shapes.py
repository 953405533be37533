"""What calls about cases send and are answered."""

from datetime import datetime
from typing import Annotated, Any, Literal, cast
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Schema
from pydantic import Field

from townhall.council.casework.selectors import case_page
from townhall.kernel.cases.models import Case
from townhall.kernel.identity.models import Person, PersonKey
from townhall.kernel.identity.permissions import check
from townhall.kernel.modules.keys import tidy_reference
from townhall.kernel.modules.openapi import Words

Version = Annotated[
    int | None,
    Field(ge=0, le=2_147_483_647, description="The case's version as you saw it: 409 where it has changed since"),
]


class TeamOut(Schema):
    """A team."""

    code: str
    name: str


class ColleagueOut(Schema):
    """Somebody who works on cases."""

    id: UUID
    name: str


class CaseOut(Schema):
    """A case. Who reported it is not told here; `version` rises with every step on it."""

    reference: str
    kind: str
    category: str
    title: str
    status: str
    is_public: bool
    channel: str
    place: str
    ward: str
    easting: float | None
    northing: float | None
    team: TeamOut | None
    assignee: ColleagueOut | None
    opened_at: datetime
    due_at: datetime | None
    paused_at: datetime | None
    paused_reason: str
    closed_at: datetime | None
    was_late: bool
    passed_to: str
    version: int
    updated_at: datetime


class CasesOut(Schema):
    """A page of a list of cases. `after` begins the next one; it is empty on the last."""

    items: list[CaseOut]
    after: str


class EntryOut(Schema):
    """Something that happened in a case."""

    number: int
    kind: str
    at: datetime
    who: str
    title: str
    text: str
    is_public: bool


class TakenOut(Schema):
    """A step that was taken: its number on the timeline, which is the case's version now."""

    reference: str
    number: int
    status: str


class NoteIn(Schema):
    """A note among staff."""

    text: Words


class ReplyIn(Schema):
    """Words to whoever reported it, and to everyone where it `is_public`."""

    text: Words
    is_public: bool = False
    version: Version = None


class StatusIn(Schema):
    """Where the case stands, in words for everybody."""

    status: Literal["received", "looking", "booked", "waiting"]
    text: Words | None = None
    version: Version = None


class AssignmentIn(Schema):
    """Who has the case from now on: a colleague of its team, or with null nobody."""

    to: UUID | None
    version: Version = None


class ResolutionIn(Schema):
    """How the case ended, in words for everybody."""

    outcome: Literal["fixed", "closed"]
    text: Words
    version: Version = None


def caller(request: HttpRequest) -> Person:
    """Whose key calls."""
    return cast("PersonKey", request.auth).person  # pyright: ignore[reportAttributeAccessIssue]


def found(request: HttpRequest, reference: str) -> Case:
    """The case, where the caller may see it. Raises Http404, PermissionDenied."""
    case = case_page.find(tidy_reference(reference))
    if case is None:
        raise Http404(reference)
    check(caller(request), "cases.view_case", case)
    return case


def case_out(case: Case) -> dict[str, Any]:
    """A case as it is answered."""
    plain = {name: getattr(case, name) for name in CaseOut.model_fields if name not in {"easting", "northing"}}
    point = case.point
    return plain | {"easting": point.easting if point else None, "northing": point.northing if point else None}
