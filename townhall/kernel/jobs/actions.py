"""Starting background work that a person can watch."""

from typing import Any

from django.db import transaction

from townhall.kernel.identity.models import Person
from townhall.kernel.jobs.background import counting, run
from townhall.kernel.jobs.models import Progress
from townhall.kernel.jobs.registries import background

__all__ = ["counting", "start"]


def start(job: str, *, title: str, owner: Person | None, **arguments: Any) -> Progress:
    """Queue the background job `job`, in the transaction that asks for it. Its page is at `jobs:progress`.

    Raises KeyError where no module has registered it. Arguments must be JSON.
    """
    background[job]
    with transaction.atomic():
        progress = Progress.objects.create(job=job, title=title, owner=owner, arguments=arguments)
        run.defer(progress_id=str(progress.pk))
    return progress
