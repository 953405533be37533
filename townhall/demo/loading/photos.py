"""Photos of synthetic reports: a few drawings per category, kept like any upload and shared by the newest reports."""

from datetime import datetime

from django.apps import apps
from django.core.files.base import ContentFile

from townhall.demo.town.photos import draw_photo
from townhall.kernel.cases.models import Case
from townhall.kernel.documents import actions as documents
from townhall.kernel.modules.keys import uuid7

DRAWINGS = 3
REPORTS = 60


def hang(category: str, *, share: float, seed: int, at: datetime) -> int:
    """Draw DRAWINGS photos and give one to its share of the newest public reports of a category; how many got one."""
    cases = list(Case.objects.filter(category=category, is_public=True).order_by("-opened_at")[:REPORTS])
    chosen = [case for number, case in enumerate(cases) if (number * 37 + seed) % 100 < share * 100]
    if not chosen:
        return 0
    document = apps.get_model("documents.Document")
    drawn = [
        documents.keep(
            file=ContentFile(draw_photo(category, seed * 100 + number), name=f"{category}.jpg"),
            purpose="report_photo",
            by=None,
            at=at,
            can_scan=False,
        )
        for number in range(DRAWINGS)
    ]
    copies = []
    for number, case in enumerate(chosen):
        copy = document.objects.get(pk=drawn[number % DRAWINGS].pk)
        copy.pk, copy.case_id, copy.is_public, copy.created_at = uuid7(), case.pk, True, case.opened_at
        copies.append(copy)
    document.objects.bulk_create(copies)
    apps.get_model("reports.Report").objects.filter(case__in=chosen).update(photo_count=1)
    return len(chosen)
