"""Whether any webhook has stopped."""

from collections.abc import Sequence

from townhall.kernel.modules.checkups import Finding, checkups
from townhall.residents.webhooks.models import Hook


@checkups.register("webhooks")
def webhooks() -> Sequence[Finding]:
    """Each webhook that was stopped because nobody answered for three days."""
    return [
        Finding(f"Webhook {hook.name}", f"has stopped: {hook.stopped_because}", "ill", "see Set up, Webhooks")
        for hook in Hook.objects.exclude(stopped_because="")
    ]
