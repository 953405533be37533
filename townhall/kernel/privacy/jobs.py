"""Collecting in the background, and forgetting every night."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import translation

from townhall.kernel.jobs import actions as jobs
from townhall.kernel.jobs.registries import every, job
from townhall.kernel.privacy.actions import collect, forget_what_is_old
from townhall.kernel.privacy.models import Disclosure

if TYPE_CHECKING:
    from townhall.kernel.jobs.models import Progress

DAY = 24 * 60 * 60


@job("privacy.collect")
def collect_disclosure(progress: "Progress", *, disclosure_id: str) -> None:
    """Collect what every holding has about a person, a holding at a time, in the person's language."""
    disclosure = Disclosure.objects.select_related("person").get(pk=UUID(disclosure_id))
    with translation.override(disclosure.person.language):
        collect(disclosure, at=datetime.now(UTC), each=lambda entries: jobs.counting(progress, entries, every=1))


@job("privacy.forget")
def forget(progress: "Progress", *, is_trial: bool) -> None:
    """Forget what is old, or count it; the counts are the result."""
    counts = forget_what_is_old(at=datetime.now(UTC), is_trial=is_trial)
    progress.result = {each.key: each.count for each in counts}
    progress.message = ", ".join(f"{each.key}: {each.count}" for each in counts)
    progress.save(update_fields=["result", "message"])


@every(DAY)
def forget_nightly(at: datetime) -> None:
    """Forget what is old, once a day."""
    forget_what_is_old(at=at)
