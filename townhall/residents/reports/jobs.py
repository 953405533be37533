"""What runs on a timer."""
from datetime import datetime

from townhall.kernel.jobs.registries import every
from townhall.residents.reports.actions import forget_old_drafts


@every(3600)
def forget_drafts(at: datetime) -> int:
    """Remove reports that were begun and left alone for 28 days."""
    return forget_old_drafts(at)
