"""What runs on a timer."""
from datetime import datetime

from townhall.kernel.jobs.registries import every
from townhall.residents.reports.actions import forget_old_drafts, remind_of_drafts


@every(3600)
def forget_drafts(at: datetime) -> int:
    """Remove reports that were begun and left alone for 28 days."""
    return forget_old_drafts(at)


@every(3600)
def remind(at: datetime) -> int:
    """Write to whoever had a link mailed to a report that is forgotten within a week."""
    return remind_of_drafts(at)
