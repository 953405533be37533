"""Whether this council has been named."""

from collections.abc import Sequence

from townhall.kernel.authority import selectors
from townhall.kernel.modules.checkups import Finding, checkups


@checkups.register("council")
def council() -> Sequence[Finding]:
    """Who we are."""
    ours = selectors.ours()
    if not ours.gss_code:
        return [Finding("Council", "has no name yet", "ill", "an administrator names it under Set up, This council")]
    if not ours.telephone:
        return [
            Finding(
                "Council",
                f"{ours.name} has no telephone number",
                "note",
                "every page should show one: Set up, This council",
            )
        ]
    return [Finding("Council", f"{ours.name} ({ours.gss_code})")]
