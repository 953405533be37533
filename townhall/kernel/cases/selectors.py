"""Reads of cases that span tables."""

from townhall.kernel.cases.models import Routing
from townhall.kernel.cases.rules import RoutingRule


def routing_rules() -> list[RoutingRule]:
    """The active routing rules in the order in which they are tried."""
    return [
        RoutingRule(
            key=str(rule.pk),
            name=rule.name,
            team=str(rule.team_id),
            reason=rule.reason,
            version=rule.version,
            categories=frozenset(rule.categories),
            wards=frozenset(rule.wards),
            channels=frozenset(rule.channels),
            words=tuple(rule.words),
            reason_cy=rule.reason_cy,
        )
        for rule in Routing.objects.filter(is_active=True)
    ]
