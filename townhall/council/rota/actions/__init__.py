"""Everything that can be done with the rota: share out what waits, move a task, set shifts and skills, be away."""

from townhall.council.rota.actions.being_away import call_away, clear_away, end_change, put_on_top
from townhall.council.rota.actions.moving import CannotTake, give_back, hand_over, take
from townhall.council.rota.actions.setting_up import save_skill, set_worker
from townhall.council.rota.actions.sharing import share_all, share_out
from townhall.council.rota.actions.telling import tell_leads

__all__ = [
    "CannotTake",
    "call_away",
    "clear_away",
    "end_change",
    "give_back",
    "hand_over",
    "put_on_top",
    "save_skill",
    "set_worker",
    "share_all",
    "share_out",
    "take",
    "tell_leads",
]
