"""Whether our neighbours' Open311 servers can be reached."""

from collections.abc import Sequence

from townhall.kernel.authority import rules, selectors
from townhall.kernel.modules.checkups import Finding, checkups
from townhall.residents.open311.actions.calling import Rejected, Unreachable, call


@checkups.register("neighbours")
def neighbours() -> Sequence[Finding]:
    """Each neighbour with an Open311 address: its discovery document is fetched."""
    return [ask(one) for one in selectors.neighbours() if one.open311_url]


def ask(one: rules.Authority) -> Finding:
    """What one neighbour answers."""
    subject = f"Open311 of {one.short_name}"
    address = one.open311_url.rstrip("/").removesuffix("/v2")
    try:
        call("GET", f"{address}/discovery.json")
    except Unreachable as problem:
        return Finding(subject, f"cannot be used: {problem}", "ill", "check the address under Set up, This council")
    except Rejected as problem:
        said = f"answers, but has no discovery document ({problem.status})"
        return Finding(subject, said, "note", "check the address")
    if not selectors.open311_key(one.gss_code):
        said = "answers, but we have no key to send reports with"
        return Finding(subject, said, "note", "ask for one; Set up, This council")
    return Finding(subject, "answers")
