"""Publishing a service: its files are kept as a version, and new applications begin on it."""

from datetime import datetime

from django.db import transaction

from townhall.kernel.authority import selectors as authority
from townhall.kernel.catalogue.packages.model import Outline
from townhall.kernel.catalogue.packages.nations import elsewhere
from townhall.kernel.identity.models import Person
from townhall.kernel.outbox import actions as outbox
from townhall.residents.bookings import actions as bookings
from townhall.residents.services import rules
from townhall.residents.services.events import VersionPublished
from townhall.residents.services.models import Version


class Elsewhere(Exception):
    """A service that does not exist in this council's nation: nothing is published."""


def publish(*, package: Outline, at: datetime, by: Person | None = None) -> Version:
    """Make a package the live version of its service. What was published before with the same content is live again;
    where it is live already, nothing happens. What it proposes to book is there from then on. Raises Elsewhere.
    """
    about = package.service
    if problem := elsewhere(about.nations, authority.ours().nation):
        raise Elsewhere(f"{package.slug}/{problem}")
    with transaction.atomic():
        version, _is_new = Version.objects.select_for_update().get_or_create(
            slug=package.slug, hash=package.hash,
            defaults={
                "files": {path: content.decode() for path, content in package.files.items()},
                "name": about.name.en, "name_cy": about.name.cy, "summary": about.summary.en,
                "summary_cy": about.summary.cy, "kept_days": rules.days_of(about.retention.span),
                "nations": list(about.nations),
                "published_at": at, "published_by": by,
            },
        )  # fmt: skip
        if not version.is_live:
            Version.objects.filter(slug=package.slug, is_live=True).update(is_live=False)
            version.is_live, version.published_at, version.published_by = True, at, by
            version.save(update_fields=["is_live", "published_at", "published_by"])
            outbox.publish(VersionPublished(at=at, slug=version.slug, content=version.hash))
        for code, offered in about.bookings.items():
            bookings.propose(code=code, offered=offered, by=by, at=at)
    return version
