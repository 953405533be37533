"""Makes the documents that processes have ordered, as accessible PDF, and tells the processes.

Nothing is locked while a document is drawn. It is kept, given to its case and told of in one transaction, in which the
order is looked at once more: whoever comes second, or after the process has gone on, keeps nothing. A scanner looks at
it afterwards, so that no case is held meanwhile.
"""

import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases.actions.timeline import append, locked
from townhall.kernel.cases.models import Case
from townhall.kernel.catalogue.processes.engine import Event, Order
from townhall.kernel.catalogue.words import Text
from townhall.kernel.design import dates, paper
from townhall.kernel.documents import actions as documents
from townhall.kernel.notify.rules import from_json
from townhall.residents.services.actions.answering import answer_order
from townhall.residents.services.models import DocumentOrder

log = logging.getLogger(__name__)
LAYOUT = Path(__file__).parent.parent / "document.typ"
PURPOSE = "service_document"
MOST, MOST_TRIES = 20, 5
PAUSE = timedelta(minutes=2)
MADE = Text("Document made", "Dogfen wedi'i gwneud")
NOT_MADE = Text("A document could not be made", "Ni ellid gwneud dogfen")
State = DocumentOrder.State


def make_documents(at: datetime) -> int:
    """Make what is due; how many documents. Several workers may do this."""
    due = DocumentOrder.objects.filter(state=State.ORDERED, next_at__lte=at).order_by("next_at", "id")
    return sum(_make(key, at) for key in list(due.values_list("pk", flat=True)[:MOST]))


def _make(key: UUID, at: datetime) -> int:
    """Make one; 0 where it was not to be made any more, or not yet."""
    ordered = DocumentOrder.objects.select_related("application__case").filter(pk=key, state=State.ORDERED).first()
    if ordered is None:
        return 0
    try:
        data = paper.pdf(LAYOUT, document_contents(ordered), timestamp=_second(ordered.ordered_at))
        return _keep(ordered, data, at)
    except paper.CannotPrint:
        log.exception("a document cannot be drawn", extra={"document": str(key)})
        return _give_up(ordered, at)
    except Exception:
        log.exception("a document was not made", extra={"document": str(key)})
        return _later(ordered, at)


def document_contents(ordered: DocumentOrder) -> dict[str, Any]:
    """What the layout shows, as plain data."""
    ours, spoken = authority.ours(), ordered.language
    day = timezone.localtime(ordered.ordered_at).date()
    with translation.override(spoken):
        page, note = _("Page {n} of {m}"), _("No font here has some of the characters.")
    return {
        "language": spoken, "colour": ours.colour_1, "title": ordered.said(spoken), "reference": _reference(ordered),
        "council": (ours.name_cy if spoken == "cy" else "") or ours.name, "telephone": ours.telephone,
        "council_lines": [line.strip() for line in ours.address.replace(",", "\n").splitlines() if line.strip()],
        "date": f"{dates.day(day, spoken)} {day.year}", "page": page, "note": note,
        "blocks": [{"kind": block.kind, "text": block.text} for block in from_json(ordered.blocks)],
    }  # fmt: skip


def _reference(ordered: DocumentOrder) -> str:
    """What the document is called in letters and on the telephone: the case's reference, and its number there."""
    case = ordered.application.case
    return f"{case.reference if case else ordered.application_id}-{ordered.number}"


def _second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)


def _keep(ordered: DocumentOrder, data: bytes, at: datetime) -> int:
    with transaction.atomic():
        case = locked(ordered.application_id)
        row = _still(ordered)
        if row is None:
            return 0
        file = ContentFile(data, f"{row.said(row.language)}.pdf")
        kept = documents.keep(file=file, purpose=PURPOSE, by=None, at=at, can_scan=False)
        documents.attach([kept.pk], case.pk, is_public=False)
        row.document_id, row.made_at = kept.pk, at
        known = {"document": str(kept.pk), "reference": _reference(ordered)}
        _end(row, case, Event("done", row.key, known), at)
    return 1


def _give_up(ordered: DocumentOrder, at: datetime) -> int:
    """It cannot be made: the process hears so, or a colleague is asked."""
    with transaction.atomic():
        case = locked(ordered.application_id)
        if row := _still(ordered):
            _end(row, case, Event("failed", row.key, {"why": "not_made"}), at)
    return 0


def _later(ordered: DocumentOrder, at: datetime) -> int:
    """Try again in a while; not for ever."""
    if ordered.tries + 1 >= MOST_TRIES:
        return _give_up(ordered, at)
    waiting = DocumentOrder.objects.filter(pk=ordered.pk, state=State.ORDERED)
    waiting.update(tries=ordered.tries + 1, next_at=at + PAUSE * 2**ordered.tries)
    return 0


def _still(ordered: DocumentOrder) -> DocumentOrder | None:
    """The order, held, where it is still to be made."""
    return DocumentOrder.objects.select_for_update().filter(pk=ordered.pk, state=State.ORDERED).first()


def _end(row: DocumentOrder, case: Case, event: Event, at: datetime) -> None:
    """Keep how it ended, in its row and on the timeline, and tell the process."""
    state, said = (State.MADE, MADE) if event.kind == "done" else (State.FAILED, NOT_MADE)
    row.state, row.next_at, row.blocks = state, None, []
    row.save()
    told = {"text": f"{said.en}: {row.title}", "text_cy": f"{said.cy}: {row.title_cy}"}
    append(case, "step", at=at, by=None, data={"did": "document", "order": row.key}, **told)
    answer_order(case, Order("document", row.key, {"name": row.name, "to": row.to}), event, at=at)
