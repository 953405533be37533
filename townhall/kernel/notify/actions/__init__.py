"""What can be done with letters."""

from townhall.kernel.notify.actions.batches import confirm_batch, make_batch
from townhall.kernel.notify.actions.codes import send_code
from townhall.kernel.notify.actions.failed import leave, put_back, send_by_post, try_again
from townhall.kernel.notify.actions.receipts import fetch_statuses, take_receipt, take_return
from townhall.kernel.notify.actions.sending import send_due
from townhall.kernel.notify.actions.wordings import change_wording, restore_wording
from townhall.kernel.notify.actions.writing import cancel_waiting, set_preference, write

__all__ = [
    "cancel_waiting",
    "change_wording",
    "confirm_batch",
    "fetch_statuses",
    "leave",
    "make_batch",
    "put_back",
    "restore_wording",
    "send_by_post",
    "send_code",
    "send_due",
    "set_preference",
    "take_receipt",
    "take_return",
    "try_again",
    "write",
]
