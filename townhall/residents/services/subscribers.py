"""What follows from events: the process of what was sent begins, and ends where its case is closed by hand."""

from uuid import UUID

from django.utils.translation import gettext as _

from townhall.kernel.catalogue.processes.engine import Event
from townhall.kernel.outbox.events import Delivered
from townhall.kernel.outbox.registries import subscribe
from townhall.residents.services import actions
from townhall.residents.services.models import Application, Course


@subscribe("services.application_sent.v1")
def begin_the_process(event: Delivered) -> None:
    """Begin: the first letter is written, decisions are taken, tasks are set."""
    actions.begin_course(application_id=UUID(event.payload["application_id"]), at=event.at)


@subscribe("services.application_sent.v1")
def ask_for_signatures(event: Delivered) -> None:
    """Write to everybody who is to sign too."""
    actions.ask_signatures(application_id=UUID(event.payload["application_id"]), at=event.at)


@subscribe("cases.case_resolved.v1")
def stop_the_process(event: Delivered) -> None:
    """Stop a process that still runs when an officer closes its case: no letter or timer of it comes any more."""
    running = Course.objects.filter(application_id=event.case_id, state__status="running").exists()
    if running and event.case_id is not None:
        stopped = Event("cancel", reason=_("The case was closed."))
        actions.move_on(application_id=event.case_id, event=stopped, at=event.at)


@subscribe("identity.people_joined.v1")
def move_to_the_proved_person(event: Delivered) -> None:
    """What an unproved record held belongs to the person who proved the address."""
    old, new = UUID(event.payload["from_id"]), UUID(event.payload["person_id"])
    Application.objects.filter(person=old).update(person=new)
