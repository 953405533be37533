"""Fills identity's port for sign-in codes."""

from townhall.kernel.identity.registries import code_sender
from townhall.kernel.notify.actions import send_code

code_sender.add("notify", send_code)
