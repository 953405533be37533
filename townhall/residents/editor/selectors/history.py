"""What happened to a draft."""

from townhall.residents.editor.models import Change, Draft


def history_of(draft: Draft, most: int = 200) -> list[Change]:
    """Its changes, the latest first, each with who made it."""
    return list(draft.changes.select_related("by", "undoes", "undone_by").order_by("-number")[:most])
