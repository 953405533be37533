"""What can be done with webhooks, and with systems that processes call."""

from townhall.residents.webhooks.actions.calling import forget_calls, send_calls, sent_values
from townhall.residents.webhooks.actions.delivering import forget_old, send_due, tell, test
from townhall.residents.webhooks.actions.ordering import order, rename, test_system, withdraw
from townhall.residents.webhooks.actions.setting_up import change_hook, make_hook, start_hook, stop_hook
from townhall.residents.webhooks.actions.systems import change_system, make_system, start_system, stop_system

__all__ = [
    "change_hook",
    "change_system",
    "forget_calls",
    "forget_old",
    "make_hook",
    "make_system",
    "order",
    "rename",
    "send_calls",
    "send_due",
    "sent_values",
    "start_hook",
    "start_system",
    "stop_hook",
    "stop_system",
    "tell",
    "test",
    "test_system",
    "withdraw",
]
