"""Everything that can be done with a draft: begin it, change it, take a change back, have it approved, publish it."""

from townhall.residents.editor.actions.folders import Conflict, Done, Way, pull, push
from townhall.residents.editor.actions.reviewing import (
    NotWhole,
    ReachesNobody,
    approve,
    ask_for_review,
    drop,
    live_hash,
    publish_due,
    send_back,
    take_back,
)
from townhall.residents.editor.actions.writing import (
    Clash,
    Files,
    Frozen,
    Make,
    Taken,
    begin,
    change,
    last_change,
    undo,
)

__all__ = [
    "Clash",
    "Conflict",
    "Done",
    "Files",
    "Frozen",
    "Make",
    "NotWhole",
    "ReachesNobody",
    "Taken",
    "Way",
    "approve",
    "ask_for_review",
    "begin",
    "change",
    "drop",
    "last_change",
    "live_hash",
    "publish_due",
    "pull",
    "push",
    "send_back",
    "take_back",
    "undo",
]
