"""Webhooks hold nothing about people: only what everybody may read of a public case, and other systems' addresses."""

from townhall.kernel.privacy.registries import not_personal

not_personal.add("webhooks.Hook", "names and addresses of other systems")
not_personal.add("webhooks.Delivery", "public facts of cases, without a word that anybody typed")
