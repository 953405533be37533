"""What runs on a timer: shifts begin and end, people are away, and leads hear of what nobody can take."""

from datetime import datetime

from townhall.council.rota import actions
from townhall.kernel.jobs.registries import every


@every(20)
def share_out(at: datetime) -> int:
    """Put what those have who are away back into the queue, and give what waits to whoever is on shift."""
    actions.clear_away(at)
    return actions.share_all(at)


@every(600)
def tell_leads(at: datetime) -> int:
    """Tell the leads of what nobody can take."""
    return actions.tell_leads(at)
