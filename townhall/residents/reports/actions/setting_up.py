"""Setting up categories: the ones to begin with, and changes that administrators make."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict

from townhall.kernel.authority import selectors as authority
from townhall.kernel.identity import actions as identity
from townhall.kernel.identity.models import Person
from townhall.residents.reports.defaults import default_categories
from townhall.residents.reports.models import Category


def set_up_categories() -> int:
    """Add the default categories that are not there yet; how many were added.

    Each belongs to the authority of its tier: a unitary council has them all; in two tiers, what is the other's has its
    code.
    """
    ours, others = authority.ours(), {other.tier: other.gss_code for other in authority.neighbours()}
    rows = []
    for row in default_categories():
        tier = row.pop("owner")
        owner = "" if ours.tier in {tier, "unitary"} else others.get(tier, "")
        rows.append(Category(**row, owner_gss=owner))
    before = Category.objects.count()
    Category.objects.bulk_create(rows, ignore_conflicts=True)
    return Category.objects.count() - before


@dataclass(frozen=True, slots=True)
class Changed:
    """A category's fields before and after a change; only those that differ."""

    before: dict[str, Any]
    after: dict[str, Any]


def save_category(*, category: Category, by: Person, at: datetime) -> Changed:
    """Save a new or changed category and note who changed what."""
    with transaction.atomic():
        old = Category.objects.select_for_update().filter(pk=category.pk).first()
        was = model_to_dict(old) if old else {}
        category.save()
        now = model_to_dict(category)
        differs = [name for name in now if was.get(name) != now[name]]
        changed = Changed({name: was.get(name) for name in differs}, {name: now[name] for name in differs})
        if differs:
            identity.note_change(
                by=by, what=f"category {category.code}", before=changed.before, after=changed.after, at=at
            )
    return changed


def add_former_category(*, code: str, name: str) -> Category:
    """A category that reports from another system have and that nobody can choose here; made where it is not there."""
    former = {"name": name, "group": "From another system", "group_cy": "O system arall", "is_active": False}
    return Category.objects.get_or_create(code=code, defaults=former | {"order": 900})[0]
