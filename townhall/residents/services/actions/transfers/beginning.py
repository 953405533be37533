"""A transfer begins, goes on batch by batch until no case is left, and can be taken back."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from townhall.kernel.cases.models import Case
from townhall.kernel.identity.actions import note_change
from townhall.kernel.identity.models import Person
from townhall.residents.services.actions.transfers.passages import Passage, Teams, forward, restore
from townhall.residents.services.actions.transfers.writing import write
from townhall.residents.services.models import Course, Transfer, TransferredCase, Version
from townhall.residents.services.rules.transfers import NotTransferred
from townhall.residents.services.selectors.transfers import (
    MARK,
    mark_of,
    must_be_there,
    plan_of,
    plan_of_versions,
    running_cases,
    to_bring_back,
)

BATCH = 500
Outcome = TransferredCase.Outcome


class Batch(NamedTuple):
    """How many cases a batch has looked at; none where the transfer is done."""

    cases: int


def begin_transfer(
    *, source: Version, target: Version, states: dict[str, str], by: Person | None, at: datetime
) -> Transfer:
    """Begin to let running cases of a version go on with another; where it has begun already it goes on.

    Raises NotTransferred where the plan cannot be, or another one is under way between these versions.
    """
    if source.slug != target.slug or source.pk == target.pk:
        raise NotTransferred("Name two different versions of one service.")
    plan_of_versions(source, target, states)
    return _begun(Transfer(source=source, target=target, states=states, by=by, begun_at=at))


def take_back(*, transfer: Transfer, by: Person | None, at: datetime) -> Transfer:
    """Begin to take a transfer back; where that has begun already it goes on. Raises NotTransferred."""
    return _begun(Transfer(source=transfer.target, target=transfer.source, undoes=transfer, by=by, begun_at=at))


def _begun(wanted: Transfer) -> Transfer:
    under_way = Transfer.objects.under_way()
    try:
        with transaction.atomic():
            for other in under_way.filter(source=wanted.target, target=wanted.source).exclude(pk=wanted.undoes_id):
                raise NotTransferred(f"Cases are on their way the other way ({other.pk}): let that end first.")
            if wanted.undoes is not None:
                Transfer.objects.under_way().filter(pk=wanted.undoes_id).update(ended_at=wanted.begun_at)
            wanted.save(force_insert=True)
            note_change(wanted.by, f"service: {wanted.source.slug}", {}, _told(wanted), wanted.begun_at)
    except IntegrityError as problem:
        found = under_way.filter(source=wanted.source, target=wanted.target).first()
        if found is None:
            raise
        if (found.states, found.undoes_id) != (wanted.states, wanted.undoes_id):
            raise NotTransferred("Cases are on their way already, with other states: let that end first.") from problem
        return found
    return wanted


def _told(transfer: Transfer) -> dict[str, object]:
    what = "cases taken back" if transfer.undoes_id else "cases transferred"
    return {what: transfer.source.hash[:12], "to": transfer.target.hash[:12], "states": transfer.states}


def go_on(*, transfer_id: UUID, at: datetime, most: int = BATCH) -> Batch:
    """Let the next cases go over, all in one transaction; a batch of none says that it is done.

    Two that do this at once take turns. Whatever dies in the middle has done nothing of its batch.
    """
    with transaction.atomic():
        found = Transfer.objects.select_for_update(of=("self",)).select_related("source", "target", "by", "undoes")
        transfer = found.defer("source__files", "target__files").get(pk=transfer_id)
        if transfer.ended_at is not None:
            return Batch(0)
        keys = list(_left(transfer)[:most])
        if not keys:
            _end(transfer, at)
            return Batch(0)
        _carry(transfer, keys, at)
    return Batch(len(keys))


def _left(transfer: Transfer) -> "QuerySet[Course, UUID]":
    """The cases that it has not looked at."""
    seen = TransferredCase.objects.filter(transfer=transfer, application=OuterRef("pk"))
    wanted = to_bring_back(transfer.undoes) if transfer.undoes else running_cases(transfer.source)
    return wanted.filter(~Exists(seen)).order_by("pk").values_list("pk", flat=True)


def _carry(transfer: Transfer, keys: Sequence[UUID], at: datetime) -> None:
    cases = {each.pk: each for each in _locked(keys)}
    plan = plan_of(transfer)
    teams = Teams(plan.new)
    courses = Course.objects.select_for_update(of=("self",)).filter(pk__in=keys).select_related("application")
    marked = courses.annotate(mark=MARK).order_by("pk")
    records = _records(transfer, keys)
    passages = list[Passage]()
    for course in marked:
        application, case = course.application, cases[course.pk]
        application.case = case
        each = Passage(course, application, case)
        try:
            must_be_there(course, transfer.source_id)
            record = records.get(course.pk)
            if record is not None and record.mark == mark_of(course):
                restore(each, record, plan, at)
            else:
                forward(each, plan, teams, at)
        except NotTransferred as problem:
            each.why = str(problem)
        passages.append(each)
    write(transfer, plan, passages, at)


def _locked(keys: Sequence[UUID]) -> "QuerySet[Case]":
    """The cases, locked in the order of their keys; whoever comes after waits, and no two wait for each other."""
    related = ("reporter", "team")
    return Case.objects.select_for_update(of=("self",)).filter(pk__in=keys).select_related(*related).order_by("pk")


def _records(transfer: Transfer, keys: Sequence[UUID]) -> dict[UUID, TransferredCase]:
    found = TransferredCase.objects.filter(transfer=transfer.undoes, application__in=keys) if transfer.undoes else ()
    return {each.application_id: each for each in found}


def _end(transfer: Transfer, at: datetime) -> None:
    transfer.ended_at = at
    transfer.save(update_fields=["ended_at"])
    cases = TransferredCase.objects.filter(transfer=transfer)
    counts = {each.value: cases.filter(outcome=each).count() for each in Outcome}
    told = {**_told(transfer), **{name: count for name, count in counts.items() if count}, "ended": True}
    note_change(transfer.by, f"service: {transfer.source.slug}", {}, told, at)
