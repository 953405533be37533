"""What cases do about events: who may hear of them live, and the letters that went out."""
from collections.abc import Sequence
from uuid import UUID

from townhall.kernel.cases.models import Case
from townhall.kernel.live.registries import Audience, audiences
from townhall.kernel.outbox.events import Delivered


@audiences.register("cases")
def audience(events: Sequence[Delivered]) -> dict[UUID, Audience]:
    """Who may hear of an event of a case: whoever may see the case."""
    wanted = {event.case_id for event in events if event.case_id}
    cases = {case.pk: case for case in Case.objects.filter(pk__in=wanted).only("is_public", "team_id", "reporter_id", "assignee_id")}
    return {
        event.id: Audience(
            is_public=case.is_public, team_id=case.team_id,
            people=tuple(person for person in (case.reporter_id, case.assignee_id) if person),
        )
        for event in events
        if event.case_id and (case := cases.get(event.case_id))
    }  # fmt: skip
