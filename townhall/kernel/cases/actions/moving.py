"""Giving a case to a team, a person or another authority, and joining two that are the same."""

from datetime import datetime
from typing import Any, Required, TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from townhall.kernel.cases import rules
from townhall.kernel.cases.actions.changing import status_fact
from townhall.kernel.cases.actions.opening import Opening
from townhall.kernel.cases.actions.timeline import about, append, entry_of, locked
from townhall.kernel.cases.events import CaseAssigned, CaseRouted, NoteAdded
from townhall.kernel.cases.models import Case, Entry, Status
from townhall.kernel.identity.models import Person, Team
from townhall.kernel.outbox import actions as outbox


class Passing(TypedDict, total=False):
    """To whom a case goes and when, in public words."""

    gss_code: Required[str]
    name: Required[str]
    at: Required[datetime]
    text: str
    text_cy: str


def assign(*, case_id: UUID, to: Person | None, by: Person, at: datetime, expected: int | None = None) -> Entry:
    """Give the case to a person, or to nobody."""
    with transaction.atomic():
        case = locked(case_id, expected=expected)
        data = {"assignee": to.name if to else ""}
        entry = append(case, "assigned", at=at, by=by, data=data, assignee_id=to.pk if to else None)
        outbox.publish(CaseAssigned(**about(case, entry), assignee_id=case.assignee_id))
    return entry


def pass_to_team(
    *, case_id: UUID, team: Team, reason: str, by: Person, at: datetime, expected: int | None = None
) -> Entry:
    """Move the case to another team's list with a reason; nobody has it there yet."""
    with transaction.atomic():
        case = locked(case_id, expected=expected)
        left = case.team_id
        data = {"team": team.name, "team_id": str(team.pk), "reason": reason}
        routed_by = {"rule": "", "reason": reason, "by": by.name, "near": []}
        entry = append(
            case,
            "passed",
            at=at,
            by=by,
            data=data,
            is_public=True,
            team_id=team.pk,
            assignee_id=None,
            routed_by=routed_by,
        )
        outbox.publish(CaseRouted(**about(case, entry), left_team_id=left, by_rule=False))
    return entry


def pass_to_authority(*, case_id: UUID, by: Person | None = None, **told: Unpack[Passing]) -> Entry:
    """Say that another authority has the case: ours has no clock of its own then.

    Sending it there follows from the event.
    """
    with transaction.atomic():
        case = locked(case_id)
        rules.must_follow(case.status, Status.PASSED)
        entry = append(case, "status", by=by, **_passed(**told))
        outbox.publish(status_fact(case, entry, tells_people=False))
    return entry


def pass_at_once(made: Opening, **told: Unpack[Passing]) -> None:
    """Let a case that is to be opened go to another authority from the beginning."""
    entry = entry_of(made.case, "status", by=None, **_passed(**told))
    made.entries.append(entry)
    made.facts.append(status_fact(made.case, entry, tells_people=False))


def _passed(*, gss_code: str, name: str, at: datetime, text: str = "", text_cy: str = "") -> dict[str, Any]:
    return {
        "at": at, "text": text, "text_cy": text_cy, "is_public": True, "to": Status.PASSED, "passed_to": gss_code,
        "due_at": None, "data": {"authority": name},
    }  # fmt: skip


def join(*, case_id: UUID, to: UUID, by: Person | None, at: datetime) -> Entry:
    """Make the case part of another that is about the same thing; it follows that one and is finished with it.

    Raises StatusRefused where either is joined to a third already, or one is the other.
    """
    with transaction.atomic():
        first, second = sorted([case_id, to])
        cases = {key: locked(key) for key in (first, second)}
        case, main = cases[case_id], cases[to]
        if case.pk == main.pk or case.joined_to_id or main.joined_to_id:
            raise rules.StatusRefused("one of the two is joined to another already")
        entry = append(case, "joined", at=at, by=by, data={"to": main.reference}, joined_to_id=main.pk)
        other = append(
            main, "joined", at=at, by=by, data={"from": case.reference}, followers=main.followers + 1 + case.followers
        )
        outbox.publish(note_fact(case, entry), note_fact(main, other))
    return entry


def note_fact(case: Case, entry: Entry) -> NoteAdded:
    """The event of an entry that only staff see."""
    return NoteAdded(**about(case, entry))
