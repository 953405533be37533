"""What people do to sign in, to prove an address, and to set up who works here."""

from townhall.kernel.identity.actions.changes import note_change
from townhall.kernel.identity.actions.codes import posted_code, send_code
from townhall.kernel.identity.actions.limits import COUNT_MANY, tally_key, within_limit
from townhall.kernel.identity.actions.people import SAME, find_or_make_person, prove, same_as, unproved
from townhall.kernel.identity.actions.signing_in import end_sessions, sign_in, sign_in_as
from townhall.kernel.identity.actions.staff import (
    add_colleague,
    change_person,
    end_colleague,
    give_role,
    save_organisation,
    save_team,
    take_role,
)

__all__ = [
    "COUNT_MANY",
    "SAME",
    "add_colleague",
    "change_person",
    "end_colleague",
    "end_sessions",
    "find_or_make_person",
    "give_role",
    "note_change",
    "posted_code",
    "prove",
    "same_as",
    "save_organisation",
    "save_team",
    "send_code",
    "sign_in",
    "sign_in_as",
    "take_role",
    "tally_key",
    "unproved",
    "within_limit",
]
