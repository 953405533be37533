"""Setting up what people can do and when they work. Each change is kept with its maker."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from townhall.council.rota.models import Skill, Worker
from townhall.kernel.identity.actions import note_change
from townhall.kernel.identity.models import Person

SKILL_FIELDS = ("code", "name", "name_cy", "weight")
WORKER_FIELDS = ("skills", "week", "capacity", "works_holidays", "is_given_work")


def save_skill(
    skill: Skill | None = None, *, code: str, name: str, name_cy: str, weight: int, by: Person | None, at: datetime
) -> Skill:
    """Keep a new or changed skill."""
    with transaction.atomic():
        before = _values(skill, SKILL_FIELDS)
        kept = skill or Skill()
        kept.code, kept.name, kept.name_cy, kept.weight = code, name, name_cy, weight
        kept.save()
        note_change(by, f"skill: {name}", before, _values(kept, SKILL_FIELDS), at)
    return kept


def set_worker(
    person: Person, *, skills: Sequence[str], week: Sequence[Sequence[Any]], by: Person | None, at: datetime,
    capacity: int = 10, works_holidays: bool = False, is_given_work: bool = True,
) -> Worker:  # fmt: skip
    """Say what somebody can do, when they work and how much they are given."""
    with transaction.atomic():
        old = Worker.objects.select_for_update().filter(pk=person.pk).first()
        worker, _made = Worker.objects.update_or_create(
            person=person,
            defaults={
                "skills": sorted(set(skills)), "week": [list(each) for each in week], "capacity": capacity,
                "works_holidays": works_holidays, "is_given_work": is_given_work,
            },
        )  # fmt: skip
        note_change(by, f"rota: {person.name}", _values(old, WORKER_FIELDS), _values(worker, WORKER_FIELDS), at)
    return worker


def _values(row: Any, fields: Sequence[str]) -> dict[str, Any]:
    return {field: getattr(row, field) for field in fields} if row else {}
