"""What runs on a timer."""

from datetime import datetime

from townhall.kernel.jobs.registries import every
from townhall.residents.editor import actions


@every(60)
def publish_due(at: datetime) -> int:
    """Publish the services whose day has come."""
    return actions.publish_due(at)
