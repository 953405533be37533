"""The addresses of GeoReport v2 and of the update extension."""
from typing import cast

from django.conf import settings
from django.utils.translation import get_language

from townhall.kernel.authority import selectors as authority
from townhall.residents.open311.actions.receiving import Sending, receive, receive_update
from townhall.residents.open311.models import ApiKey, Receipt, Scope
from townhall.residents.open311.rules import Answer, asked, asked_updates, refuse, sent, sent_update
from townhall.residents.open311.selectors import requests as reading
from townhall.residents.open311.selectors import services as offering
from townhall.residents.open311.selectors import updates as telling
from townhall.residents.open311.selectors.tokens import receipt_of
from townhall.residents.open311.views.edge import Call, Said, endpoint

CHANGESET = "2026-11-21T00:00:00Z"
"""When the shape of our answers last changed."""
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"


def _discovery(_call: Call) -> Said:
    ours = authority.ours()
    endpoint_facts = {
        "specification": SPECIFICATION, "url": f"{settings.TOWNHALL_URL}/open311/v2", "changeset": CHANGESET,
        "type": "test" if settings.TOWNHALL_DEMO else "production", "formats": ["text/xml", "application/json"],
    }  # fmt: skip
    contact = " ".join(part for part in (ours.name, ours.email, ours.telephone) if part)
    facts = {
        "changeset": CHANGESET, "contact": contact, "key_service": f"Ask for a key: {contact}",
        "endpoints": [endpoint_facts],
    }  # fmt: skip
    return Said(Answer("discovery", facts))


def _services(_call: Call) -> Said:
    return Said(Answer("services", offering.services()))


def _definition(_call: Call, code: str) -> Said:
    return Said(Answer("service_definition", offering.definition(code)))


def _requests(call: Call) -> Said:
    found, more = reading.requests(asked(call.last(), now=call.at), call.key)
    return Said(Answer("service_requests", found), more=more)


def _request(call: Call, reference: str) -> Said:
    extensions = asked(call.last(), now=call.at).extensions
    return Said(Answer("service_requests", reading.one(reference, call.key, extensions=extensions)))


def _send_request(call: Call) -> Said:
    read = sent(call.given)
    receipt = receive(sending=_sending(call), sent=read, photos=call.files, language=get_language() or "en")
    return _received(call, receipt, Answer("service_requests", [receipt.answer]))


def _token(call: Call, token: str) -> Said:
    receipt = receipt_of(token, call.key)
    if receipt is None:
        raise refuse(404, "this token was not found")
    facts = {"service_request_id": receipt.answer["service_request_id"], "token": token}
    return Said(Answer("service_requests", [facts]))


def _updates(call: Call) -> Said:
    found, more = telling.updates(asked_updates(call.last(), now=call.at), call.key)
    return Said(Answer("service_request_updates", found), more=more)


def _send_update(call: Call) -> Said:
    read = sent_update(call.given)
    receipt = receive_update(sending=_sending(call, key=read.update_id), sent=read)
    return _received(call, receipt, Answer("service_request_updates", [receipt.answer]))


def _sending(call: Call, *, key: str = "") -> Sending:
    word = key or call.request.headers.get("Idempotency-Key", "")
    return Sending(by=cast("ApiKey", call.key), key=word.strip()[:200], body=call.body, at=call.at)


def _received(call: Call, receipt: Receipt, answer: Answer) -> Said:
    """201 for what is new, 200 for what came before."""
    return Said(answer, status=201 if receipt.created_at == call.at else 200)


discovery = endpoint(get=_discovery)
services = endpoint(get=_services)
definition = endpoint(get=_definition)
requests = endpoint(get=_requests, post=_send_request)
request = endpoint(get=_request)
token = endpoint(get=_token)
updates = endpoint(get=_updates, post=_send_update, scope=Scope.UPDATES)
