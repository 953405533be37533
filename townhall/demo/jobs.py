"""What goes on in the demo after it is ready."""

from datetime import datetime

from django.db import transaction

from townhall.demo.loading import photos
from townhall.demo.models import Borough
from townhall.demo.town.demand import CATEGORIES
from townhall.kernel.jobs.registries import every


@every(1)
def hang_photos(at: datetime) -> None:
    """Draw the photos of one category after another, so that nobody waits for them at the start."""
    with transaction.atomic():
        borough = Borough.objects.select_for_update(skip_locked=True).first()
        if borough is None:
            return
        waiting = [row for row in CATEGORIES if row.photo >= 0.1 and row.code not in borough.pictured]
        if waiting:
            photos.hang(waiting[0].code, share=waiting[0].photo, seed=borough.seed, at=at)
            borough.pictured = [*borough.pictured, waiting[0].code]
            borough.save(update_fields=["pictured"])
