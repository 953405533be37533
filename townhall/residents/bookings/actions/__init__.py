"""What can be done with bookings: wish for one, choose, move, give up, wait, close a day, set one up."""

from townhall.residents.bookings.actions.choosing import choose, leave_offer, move, take_offer
from townhall.residents.bookings.actions.closing import close_day, open_day
from townhall.residents.bookings.actions.freeing import give_up, lapse
from townhall.residents.bookings.actions.setting_up import change_resource, make_resource, new_feed_link, propose
from townhall.residents.bookings.actions.slots import brought
from townhall.residents.bookings.actions.waiting import offer_freed, stop_waiting, wait
from townhall.residents.bookings.actions.wishing import cancel_of_case, confirm, no_day_suits, rename, wish, withdraw

__all__ = [
    "brought",
    "cancel_of_case",
    "change_resource",
    "choose",
    "close_day",
    "confirm",
    "give_up",
    "lapse",
    "leave_offer",
    "make_resource",
    "move",
    "new_feed_link",
    "no_day_suits",
    "offer_freed",
    "open_day",
    "propose",
    "rename",
    "stop_waiting",
    "take_offer",
    "wait",
    "wish",
    "withdraw",
]
