"""Everything that can be done with a service: publish it, fill in its form, keep that for later, send it, go on."""

from townhall.residents.services.actions.answering import answer_order
from townhall.residents.services.actions.counting import LEFT_AFTER, count, count_left, fold_counts
from townhall.residents.services.actions.filling import (
    AlreadySent,
    TooManyFiles,
    changing,
    forget_files,
    forget_old_applications,
    keep_file,
    keep_page,
    keep_typed,
    owner_of,
    start_application,
)
from townhall.residents.services.actions.finishing import finish_task
from townhall.residents.services.actions.letters import is_sent_key, partner_key, partner_of_key, sent_key
from townhall.residents.services.actions.making import make_documents
from townhall.residents.services.actions.partners import set_partner_address
from townhall.residents.services.actions.publishing import Elsewhere, publish
from townhall.residents.services.actions.running import (
    MovedOn,
    Refused,
    Unreadable,
    begin_course,
    come_due,
    move_on,
    tell,
)
from townhall.residents.services.actions.saving import (
    CannotMail,
    TooManyLinks,
    application_of_link,
    mail_link,
    open_on,
    remind_of_applications,
)
from townhall.residents.services.actions.sending import ChangedMeanwhile, NotReady, send_application
from townhall.residents.services.actions.signing import (
    TooLate,
    ask_again,
    ask_signatures,
    lapse_signatures,
    refuse_to_sign,
    remind_signers,
    sign,
    withdraw_signature,
)
from townhall.residents.services.actions.submitting import (
    AHEAD,
    FILE_WAITS,
    NotAsAsked,
    Sending,
    SentOtherwise,
    sent_before,
    submit,
)
from townhall.residents.services.actions.telling import jump, send_message
from townhall.residents.services.actions.transfers import begin_transfer, go_on, take_back
from townhall.residents.services.actions.waiting import (
    HELD_FOR,
    WAITS,
    forget_waiting,
    forget_waiting_files,
    keep_waiting,
    take_in_waiting,
)

__all__ = [
    "AHEAD",
    "FILE_WAITS",
    "HELD_FOR",
    "LEFT_AFTER",
    "WAITS",
    "AlreadySent",
    "CannotMail",
    "ChangedMeanwhile",
    "Elsewhere",
    "MovedOn",
    "NotAsAsked",
    "NotReady",
    "Refused",
    "Sending",
    "SentOtherwise",
    "TooLate",
    "TooManyFiles",
    "TooManyLinks",
    "Unreadable",
    "answer_order",
    "application_of_link",
    "ask_again",
    "ask_signatures",
    "begin_course",
    "begin_transfer",
    "changing",
    "come_due",
    "count",
    "count_left",
    "finish_task",
    "fold_counts",
    "forget_files",
    "forget_old_applications",
    "forget_waiting",
    "forget_waiting_files",
    "go_on",
    "is_sent_key",
    "jump",
    "keep_file",
    "keep_page",
    "keep_typed",
    "keep_waiting",
    "lapse_signatures",
    "mail_link",
    "make_documents",
    "move_on",
    "open_on",
    "owner_of",
    "partner_key",
    "partner_of_key",
    "publish",
    "refuse_to_sign",
    "remind_of_applications",
    "remind_signers",
    "send_application",
    "send_message",
    "sent_before",
    "sent_key",
    "set_partner_address",
    "sign",
    "start_application",
    "submit",
    "take_back",
    "take_in_waiting",
    "tell",
    "withdraw_signature",
]
