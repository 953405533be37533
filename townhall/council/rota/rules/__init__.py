"""Shifts, and who gets which task. Pure."""

from townhall.council.rota.rules.choosing import Chosen, Outlook, Worker, choose, outlook
from townhall.council.rota.rules.hours import hours_in
from townhall.council.rota.rules.shifts import Away, Extra, Roster, Span, next_shift, shift_at
from townhall.council.rota.rules.words import WHY_NOBODY, handed_words, reason, taken_words

__all__ = [
    "WHY_NOBODY",
    "Away",
    "Chosen",
    "Extra",
    "Outlook",
    "Roster",
    "Span",
    "Worker",
    "choose",
    "handed_words",
    "hours_in",
    "next_shift",
    "outlook",
    "reason",
    "shift_at",
    "taken_words",
]
