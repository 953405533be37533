"""Orders of processes for other systems: written down in the transaction that has the case's lock, sent afterwards."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings

from townhall.kernel.modules import bulk
from townhall.kernel.modules.keys import uuid7
from townhall.residents.services import registries
from townhall.residents.webhooks import rules
from townhall.residents.webhooks.models import Call, System


def order(ordered: registries.Call) -> bool:
    """Put an order in line for the system of its name, once; False where none is set up or it was stopped.

    It says the case's reference, the service, the state that orders, and what the package hands over.
    """
    system = System.objects.filter(name=ordered.name, stopped_at=None).first()
    if system is None:
        return False
    call_id, reference = uuid7(), ordered.case.reference
    data = {
        "reference": reference, "service": ordered.service, "order": ordered.state, "with": dict(ordered.values),
    }  # fmt: skip
    text = rules.order_body(
        call_id=call_id, at=ordered.at, source=settings.TOWNHALL_URL, data=data, reference=reference
    )
    Call.objects.get_or_create(
        case_id=ordered.case.pk, key=ordered.key,
        defaults={"id": call_id, "system": system, "body": text, "created_at": ordered.at, "next_at": ordered.at},
    )  # fmt: skip
    return True


def withdraw(*, case_id: UUID, key: str, at: datetime) -> None:
    """Send no more what a case does not want any more. What the system has taken already stays done there."""
    waiting = Call.objects.filter(case_id=case_id, key=key, state=Call.State.WAITING)
    waiting.update(state=Call.State.WITHDRAWN, ended_at=at, next_at=None)


def rename(keys: Sequence[tuple[UUID, str, str]]) -> None:
    """Let calls go on under other keys: of each its case, the key that it had, and the new one."""
    bulk.rename("webhooks.Call", "case_id", keys)


def test_system(*, system: System, at: datetime) -> Call:
    """Put a call in line that orders nothing, to see whether the system answers."""
    call_id = uuid7()
    text = rules.order_body(call_id=call_id, at=at, source=settings.TOWNHALL_URL, data={"test": True})
    return Call.objects.create(id=call_id, system=system, key="test", body=text, created_at=at, next_at=at)


registries.providers.add("webhook", registries.Provider(order=order, withdraw=withdraw, rename=rename))
