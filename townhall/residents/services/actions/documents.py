"""Documents that a process orders: written down in its transaction, with all that they say, and made afterwards."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings

from townhall.kernel.catalogue.packages.filling import filled
from townhall.kernel.catalogue.packages.model import Package
from townhall.kernel.catalogue.processes.engine import Order, State
from townhall.kernel.catalogue.processes.model import ROOT
from townhall.kernel.design import paper
from townhall.kernel.modules import bulk
from townhall.kernel.notify.rules import Said, fill, fill_line, to_json
from townhall.residents.services.actions.letters import language_of, told
from townhall.residents.services.models import Application, DocumentOrder


def order_document(application: Application, held: Package, state: State, order: Order, *, at: datetime) -> bool:
    """Write down a document to be made, once under an order's key; False where none can be made here.

    It says what is known now, in the language of the application's letters, whatever comes before it is made.
    """
    name, details = str(order.details["name"]), order.details
    if name not in held.documents or not paper.can_print():
        return False
    language, wording, texts = language_of(application), held.documents[name].wording, dict[str, dict[str, Said]]()
    for each in ("en", "cy"):
        texts[each] = filled(
            held, wording, each, given=details.get("with", {}), answers=application.answers,
            variables=state.values.get(ROOT, {}), told=told(application, held, each, at),
        )  # fmt: skip
    titles = {each: fill_line(wording.parts(each)[0], texts[each]) for each in texts}
    body = wording.parts(language)[1]
    DocumentOrder.objects.get_or_create(
        application=application, key=order.key,
        defaults={
            "number": DocumentOrder.objects.filter(application=application).count() + 1, "name": name,
            "to": str(details.get("to", "")), "language": language, "title": titles["en"], "title_cy": titles["cy"],
            "blocks": to_json(fill(body, texts[language], base_url=settings.TOWNHALL_URL)), "ordered_at": at,
            "next_at": at,
        },
    )  # fmt: skip
    return True


def withdraw_document(application_id: UUID, key: str) -> None:
    """Make no document that was ordered under a key and is not made yet."""
    waiting = DocumentOrder.objects.filter(application_id=application_id, key=key, state=DocumentOrder.State.ORDERED)
    waiting.update(state=DocumentOrder.State.WITHDRAWN, next_at=None, blocks=[])


def rename_documents(keys: Sequence[tuple[UUID, str, str]]) -> None:
    """Let documents go on under other keys: of each its application, the key that it had, and the new one."""
    bulk.rename("services.DocumentOrder", "application_id", keys)
