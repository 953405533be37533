"""Noting who looked, collecting what is held about a person, and forgetting what is old."""

from townhall.kernel.privacy.actions.disclosures import collect, finish, review_part, start
from townhall.kernel.privacy.actions.looks import note_look
from townhall.kernel.privacy.actions.retention import forget_what_is_old, set_period

__all__ = ["collect", "finish", "forget_what_is_old", "note_look", "review_part", "set_period", "start"]
