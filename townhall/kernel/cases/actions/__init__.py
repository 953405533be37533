"""Everything that can be done to a case. Each takes the case's lock, appends to its timeline and publishes."""

from townhall.kernel.cases.actions.changing import change_category, change_status
from townhall.kernel.cases.actions.clocks import miss_dates, pause, resume, tell_date
from townhall.kernel.cases.actions.finishing import give_satisfaction, reopen, resolve, undo
from townhall.kernel.cases.actions.moving import assign, join, pass_at_once, pass_to_authority, pass_to_team
from townhall.kernel.cases.actions.opening import Opening, open_case, opening_of, save_opening
from townhall.kernel.cases.actions.talking import add_note, add_update, log_contact, note_letter, reply
from townhall.kernel.cases.actions.tasks import add_task, do_task, free_task, give_task

__all__ = [
    "Opening",
    "add_note",
    "add_task",
    "add_update",
    "assign",
    "change_category",
    "change_status",
    "do_task",
    "free_task",
    "give_satisfaction",
    "give_task",
    "join",
    "log_contact",
    "miss_dates",
    "note_letter",
    "open_case",
    "opening_of",
    "pass_at_once",
    "pass_to_authority",
    "pass_to_team",
    "pause",
    "reopen",
    "reply",
    "resolve",
    "resume",
    "save_opening",
    "tell_date",
    "undo",
]
