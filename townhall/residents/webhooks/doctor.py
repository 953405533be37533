"""Whether any webhook has stopped, and whether the systems that services call answer."""

from collections.abc import Iterator, Sequence

from townhall.kernel.modules.checkups import Finding, checkups
from townhall.residents.webhooks.models import Call, Hook, System

OFTEN = 3
"""Tries after which a call that waits is told: half an hour has passed."""


@checkups.register("webhooks")
def webhooks() -> Sequence[Finding]:
    """Each webhook that was stopped because nobody answered for three days."""
    return [
        Finding(f"Webhook {hook.name}", f"has stopped: {hook.stopped_because}", "ill", "see Set up, Webhooks")
        for hook in Hook.objects.exclude(stopped_because="")
    ]


@checkups.register("systems")
def systems() -> Sequence[Finding]:
    """Each system whose calls wait after some tries, or which did not take the last call that ended."""
    return list(_ailing())


def _ailing() -> Iterator[Finding]:
    cure = "ask whoever runs it; see Set up, Webhooks; a colleague does what is not taken in three days"
    for system in System.objects.filter(stopped_at=None):
        calls = Call.objects.filter(system=system, case__isnull=False)
        waiting = calls.filter(state=Call.State.WAITING, attempts__gte=OFTEN)
        last = calls.filter(state__in=(Call.State.DONE, Call.State.FAILED)).order_by("-ended_at").first()
        if count := waiting.count():
            says = f"does not answer: calls that wait, tried {OFTEN} times or more: {count}"
            yield Finding(f"System {system.name}", says, "ill", cure)
        elif last is not None and last.state == Call.State.FAILED:
            yield Finding(f"System {system.name}", f"did not take the last call: {last.error}", "note", cure)
