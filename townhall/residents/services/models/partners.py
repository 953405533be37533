"""Where the partners of services are written to."""

from django.conf import settings
from django.db import models


class PartnerAddress(models.Model):
    """The e-mail address of somebody whom a service writes to (`partners` of its sheet), and the language for it.

    A partner without one is written to by a colleague.
    """

    slug = models.CharField(max_length=60)
    name = models.CharField(max_length=60)
    email = models.EmailField()
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="en")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slug", "name"], name="a_partner_has_one_address")]

    def __str__(self) -> str:
        return f"{self.slug}: {self.name}"
