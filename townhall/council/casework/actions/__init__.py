"""What officers do to several cases at once, on the telephone and when setting up. Single steps are `cases.actions`."""

from townhall.council.casework.actions.calling import log_call
from townhall.council.casework.actions.routing import move_rule, save_rule
from townhall.council.casework.actions.several import Outcome, each, undo_all

__all__ = ["Outcome", "each", "log_call", "move_rule", "save_rule", "undo_all"]
