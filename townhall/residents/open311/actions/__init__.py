"""What other systems do here, and what we do at other systems."""
from townhall.residents.open311.actions.fetching import fetch_all
from townhall.residents.open311.actions.forwarding import forward, send_due
from townhall.residents.open311.actions.keys import change_key, end_key, make_key
from townhall.residents.open311.actions.loading import Plan, load

__all__ = ["Plan", "change_key", "end_key", "fetch_all", "forward", "load", "make_key", "send_due"]
