"""What can be done with payments: ask for one, try to pay it, find out what came of it, give money back."""

from townhall.residents.payments.actions.asking import ask, rename, withdraw
from townhall.residents.payments.actions.paying import start
from townhall.residents.payments.actions.refunding import give_back_of_case, refund, send_refunds
from townhall.residents.payments.actions.settling import close_overdue, look, look_at_hanging

__all__ = [
    "ask",
    "close_overdue",
    "give_back_of_case",
    "look",
    "look_at_hanging",
    "refund",
    "rename",
    "send_refunds",
    "start",
    "withdraw",
]
