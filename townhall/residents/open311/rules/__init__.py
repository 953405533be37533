"""Open311 as pure data: what is asked, what is answered, in JSON and in XML, and rows of a file of requests."""
from townhall.residents.open311.rules.asking import MOST, SPAN, Asked, AskedUpdates, asked, asked_updates, moment
from townhall.residents.open311.rules.described import described
from townhall.residents.open311.rules.faults import Fault, Refused, refuse
from townhall.residents.open311.rules.reading import (
    caller_address,
    digest_of_said,
    errors,
    headers_of,
    must_be_ours,
    read_json,
)
from townhall.residents.open311.rules.sending import Sent, SentUpdate, flat, sent, sent_update
from townhall.residents.open311.rules.statuses import detailed, ours, ours_of_closed, public
from townhall.residents.open311.rules.wire import Answer, read_xml, w3, write

__all__ = [
    "MOST",
    "SPAN",
    "Answer",
    "Asked",
    "AskedUpdates",
    "Fault",
    "Refused",
    "Sent",
    "SentUpdate",
    "asked",
    "asked_updates",
    "caller_address",
    "described",
    "detailed",
    "digest_of_said",
    "errors",
    "flat",
    "headers_of",
    "moment",
    "must_be_ours",
    "ours",
    "ours_of_closed",
    "public",
    "read_json",
    "read_xml",
    "refuse",
    "sent",
    "sent_update",
    "w3",
    "write",
]
