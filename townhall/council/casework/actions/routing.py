"""Setting up which team gets which case. A running case keeps a copy of the rule that sent it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from townhall.kernel.cases.models import Routing
from townhall.kernel.identity.actions import note_change
from townhall.kernel.identity.models import Person

FIELDS = ("order", "name", "categories", "wards", "words", "channels", "reason", "reason_cy", "is_active")


def save_rule(rule: Routing | None, *, by: Person, at: datetime, **changes: Any) -> Routing:
    """Make a routing rule, or change one into its next version; what changed is kept with who did it."""
    with transaction.atomic():
        kept = Routing.objects.select_for_update().get(pk=rule.pk) if rule else Routing(version=0)
        before = _plain(kept) if rule else {}
        for name, value in changes.items():
            setattr(kept, name, value)
        if note_change(by, f"routing rule: {kept.name}", before, _plain(kept), at):
            kept.version += 1
            kept.changed_at = at
            kept.save()
    return kept


def move_rule(rule: Routing, *, earlier: bool, by: Person, at: datetime) -> None:
    """Try the rule one place earlier, or later, than now."""
    with transaction.atomic():
        rules = list(Routing.objects.select_for_update().order_by("order", "id"))
        place = rules.index(rule)
        other = place - 1 if earlier else place + 1
        if not 0 <= other < len(rules):
            return
        rules[place], rules[other] = rules[other], rules[place]
        for number, each in enumerate(rules, start=1):
            each.order = number * 10
        Routing.objects.bulk_update(rules, ["order"])
        note_change(by, f"routing rule: {rule.name}", {"place": place + 1}, {"place": other + 1}, at)


def _plain(rule: Routing) -> dict[str, Any]:
    return {name: getattr(rule, name) for name in FIELDS} | {"team": rule.team.code}
