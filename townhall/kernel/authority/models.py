"""The directory of authorities: ours and those around us."""

from datetime import time

from django.db import models

from townhall.kernel.authority import rules
from townhall.kernel.modules.keys import uuid7


class Authority(models.Model):
    """A council: ours (`is_ours`, one row) or a neighbour that we pass things to.

    `hours` is a list of {"days": [0..6], "opens": "08:30", "shuts": "17:00"}; `does` a list of plain words for what
    it looks
    after. `open311_key` is the key that its server gave us.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    is_ours = models.BooleanField(default=False)
    is_fictional = models.BooleanField(default=False)
    gss_code = models.CharField(max_length=9, unique=True)
    tier = models.TextField(choices=[("district", "district"), ("county", "county"), ("unitary", "unitary")])
    nation = models.TextField(default="england")
    short_name = models.TextField()
    name = models.TextField()
    name_cy = models.TextField(blank=True)
    second_line = models.TextField(blank=True)
    colour_1 = models.CharField(max_length=7, default="#571c45")
    colour_2 = models.CharField(max_length=7, default="#b9cf4a")
    telephone = models.TextField(blank=True)
    emergency_telephone = models.TextField(blank=True)
    staff_telephone = models.TextField(blank=True)
    text_relay = models.TextField(blank=True)
    address = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    website = models.TextField(blank=True)
    hours = models.JSONField(default=list)
    does = models.JSONField(default=list)
    does_cy = models.JSONField(default=list)
    open311_url = models.TextField(blank=True)
    open311_jurisdiction = models.TextField(blank=True)
    open311_key = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_ours"], name="one_authority_is_ours", condition=models.Q(is_ours=True))
        ]

    def __str__(self) -> str:
        return self.name

    def as_rules(self) -> rules.Authority:
        """The row as plain data, without the key."""
        names = [name for name in rules.Authority.__dataclass_fields__ if name not in {"hours", "does", "does_cy"}]
        hours = tuple(
            rules.Hours(tuple(row["days"]), time.fromisoformat(row["opens"]), time.fromisoformat(row["shuts"]))
            for row in self.hours
        )
        plain = {name: getattr(self, name) for name in names}
        return rules.Authority(**plain, hours=hours, does=tuple(self.does), does_cy=tuple(self.does_cy))
