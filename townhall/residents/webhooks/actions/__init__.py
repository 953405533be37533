"""What can be done with webhooks."""

from townhall.residents.webhooks.actions.delivering import forget_old, send_due, tell, test
from townhall.residents.webhooks.actions.setting_up import change_hook, make_hook, start_hook, stop_hook

__all__ = ["change_hook", "forget_old", "make_hook", "send_due", "start_hook", "stop_hook", "tell", "test"]
