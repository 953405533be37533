"""What was loaded from other systems."""
from collections.abc import Sequence

from townhall.kernel.cases.models import Case


def known_ids(came_from: str, ids: Sequence[str]) -> set[str]:
    """Those of the ids that reports from this source have already."""
    found = Case.objects.filter(report__source=came_from, report__source_id__in=ids)
    return set(found.values_list("report__source_id", flat=True))
