"""How the read replica is, in one line."""

from townhall.kernel.modules.databases import Standing


def line(standing: Standing) -> str:
    """As in `0.1 s (4,096 bytes) behind, read from for lists and maps`."""
    if standing.away:
        return f"away ({standing.away}), nothing is read from it"
    used = "read from for lists and maps" if standing.is_near else "too far behind to be read from"
    return f"{standing.seconds:.1f} s ({standing.bytes:,} bytes) behind, {used}"
