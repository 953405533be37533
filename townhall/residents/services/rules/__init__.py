"""Forms as pages show them, pure: what was typed, which fields that makes, which page comes next."""

from townhall.residents.services.rules.addresses import Known, chosen_address
from townhall.residents.services.rules.counting import FILE, Mark, What, refusal
from townhall.residents.services.rules.fields import Field, Item, anchor, fields_of, fields_on, told_of
from townhall.residents.services.rules.known import Contact, contact_of, prefilled
from townhall.residents.services.rules.saving import Clash, clash
from townhall.residents.services.rules.spans import days_of
from townhall.residents.services.rules.steps import CHECK, Step, names_of, next_step, steps_of
from townhall.residents.services.rules.typed import (
    Typed,
    more_items,
    only_of,
    question_at,
    raw_of,
    typed_of,
    without_blank_items,
    without_item,
)
from townhall.residents.services.rules.waiting import Choosing

__all__ = [
    "CHECK",
    "FILE",
    "Choosing",
    "Clash",
    "Contact",
    "Field",
    "Item",
    "Known",
    "Mark",
    "Step",
    "Typed",
    "What",
    "anchor",
    "chosen_address",
    "clash",
    "contact_of",
    "days_of",
    "fields_of",
    "fields_on",
    "more_items",
    "names_of",
    "next_step",
    "only_of",
    "prefilled",
    "question_at",
    "raw_of",
    "refusal",
    "steps_of",
    "told_of",
    "typed_of",
    "without_blank_items",
    "without_item",
]
