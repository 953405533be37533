"""Walking the map of addresses, and asking for each as somebody."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.house.town import LINK_SECRET, Town
from townhall.residents.bookings.selectors import feed_token
from townhall.residents.reports import actions as reports

REPORTER = {"reference": lambda town: town.report.case.reference}
DRAFT = {"draft_id": lambda town: town.draft.pk}
APPLICATION = {"application_id": lambda town: town.application.pk}
STAFF_MEMBER = {"key": lambda town: town.council.other_officer.pk}
ON_ROTA = {"person_id": lambda town: town.council.officer.pk}
HOOK = {"hook_id": lambda town: town.hook.pk}
SYSTEM = {"system_id": lambda town: town.system.pk}
DISCLOSURE = {"key": lambda town: town.disclosure.pk}
TILE = {"zoom": lambda _: 14, "column": lambda _: 8100, "row": lambda _: 5100}
WISHES = ("choose", "move", "give_up", "wait", "none", "own")
DRAFT_OF_SERVICE = {"slug": lambda town: town.service_draft.slug, "key": lambda town: town.service_draft.pk}
RESOURCES = ("day", "sheet", "close", "open", "resource", "new_feed_link")
SERVICES = ("applications", "service", "service_files", "service_schema")
GIVEN: dict[str, dict[str, Callable[[Town], Any]]] = {
    "api-1:area": {"code": lambda _: "E05000000"},
    "api-1:area_outline": {"code": lambda _: "E05000000"},
    "api-1:category": {"code": lambda _: "fly_tipping"},
    **{f"api-1:{name}": {"slug": lambda _: "grant"} for name in SERVICES},
    "api-1:measures_one": {"code": lambda _: "received"},
    **{f"bookings:{name}": {"wish_id": lambda town: town.wish.pk} for name in WISHES},
    **{f"bookings:{name}": {"resource_id": lambda town: town.resource.pk} for name in RESOURCES},
    "bookings:feed": {"token": lambda town: feed_token(town.resource)},
    "casework:row": {"case_id": lambda town: town.report.case.pk},
    "casework:forget_list": {"list_id": lambda town: town.saved.pk},
    "casework:tick_task": REPORTER | {"task_id": lambda town: town.task.pk},
    "casework:step": REPORTER | {"code": lambda _: "note"},
    "casework:person": {"person_id": lambda town: town.council.resident.pk},
    "casework:rule": {"rule_id": lambda town: town.rule.pk},
    "casework:move_rule": {"rule_id": lambda town: town.rule.pk},
    "casework:neighbour": {"code": lambda _: "E10999001"},
    "demo:walk_in": {"role": lambda _: "nobody-we-know"},
    "design:pin": {"status": lambda _: "fixed"},
    "documents:document": {"document_id": lambda town: town.photo.pk, "size": lambda _: "thumb"},
    "documents:document unsent": {"document_id": lambda town: town.unsent.pk, "size": lambda _: "thumb"},
    "editor:begin": {"slug": lambda _: "grant"},
    "editor:cases": {"slug": lambda _: "grant"},
    "editor:bpmn": DRAFT_OF_SERVICE,
    "editor:compare": {"slug": lambda _: "grant"},
    "editor:dmn": {
        "slug": lambda _: "grant",
        "key": lambda town: town.application.version.hash,
        "name": lambda _: "share",
    },
    "editor:drawing": DRAFT_OF_SERVICE,
    "editor:folder": DRAFT_OF_SERVICE,
    "editor:fares": {"slug": lambda _: "grant"},
    "editor:fares_sheet": {"slug": lambda _: "grant"},
    "editor:versions": {"slug": lambda _: "grant"},
    "geo:tile": TILE,
    "identity:remove_factor": {"number": lambda _: 1},
    "identity:end_key": {"key_id": lambda town: town.key.pk},
    "identity:end_session": {"number": lambda _: 1},
    "identity:post_code": {"key": lambda town: town.council.resident.pk},
    "identity:organisation": {"key": lambda town: town.organisation.pk},
    "identity:team": {"key": lambda town: town.council.parks.pk},
    "identity:person": STAFF_MEMBER,
    "identity:give_role": STAFF_MEMBER,
    "identity:take_role": STAFF_MEMBER | {"team_key": lambda town: town.council.parks.pk},
    "identity:end_person": STAFF_MEMBER,
    "identity:forget_factors": STAFF_MEMBER,
    "jobs:progress": {"progress_id": lambda town: town.progress.pk},
    "mapping:middle": {"layer": lambda _: "reports"},
    "mapping:middle queue": {"layer": lambda _: "queue"},
    "mapping:still": {"layer": lambda _: "reports"},
    "mapping:tile": {"layer": lambda _: "reports"} | TILE,
    "mapping:tile queue": {"layer": lambda _: "queue"} | TILE,
    "measures:one": {"code": lambda _: "received"},
    "measures:sheet": {"code": lambda _: "received", "breakdown": lambda _: "ward"},
    "notify:wording": {"code": lambda _: "report_received"},
    "notify:batch": {"batch_id": lambda town: town.batch.pk},
    "notify:hand_over": {"batch_id": lambda town: town.batch.pk},
    "notify:letter": {"letter_id": lambda town: town.letter.pk},
    "notify:letter_pdf": {"letter_id": lambda town: town.letter.pk},
    "open311:key": {"key_id": lambda town: town.key.pk},
    "open311:end_key": {"key_id": lambda town: town.key.pk},
    "open311:definition": {"code": lambda _: "fly_tipping"},
    "open311:token": {"token": lambda _: "none"},
    **{f"webhooks:{name}": SYSTEM for name in ("system", "start_system", "stop_system", "test_system")},
    **{f"webhooks:{name}": HOOK for name in ("hook", "start_hook", "stop_hook", "test_hook")},
    **{f"payments:{name}": {"payment_id": lambda town: town.payment.pk} for name in ("back", "pay", "refund")},
    "payments:sandbox": {"charge_id": lambda town: town.charge.pk},
    "payments:told": {"code": lambda _: "sandbox"},
    "portal:message": {"letter_id": lambda town: town.letter.pk},
    "privacy:start": {"key": lambda town: town.council.resident.pk},
    "privacy:disclosure": DISCLOSURE,
    "privacy:review": DISCLOSURE | {"number": lambda _: 1},
    "privacy:finish": DISCLOSURE,
    "privacy:download": DISCLOSURE | {"kind": lambda _: "json"},
    "reports:open_data": {"form": lambda _: "csv"},
    "reports:remove_photo": DRAFT | {"document_id": lambda town: town.photo.pk},
    "reports:report held": {"reference": lambda town: town.held.case.reference},
    "casework:case held": {"reference": lambda town: town.held.case.reference},
    "reports:answer": {"key": lambda town: reports.reporter_key(town.report)},
    "reports:confirm": {"key": lambda town: reports.follower_key(town.follower)},
    "rota:board": {"code": lambda _: "street-scene"},
    "rota:change": ON_ROTA,
    "rota:end_change": ON_ROTA | {"change_id": lambda town: town.away.pk},
    "rota:person": ON_ROTA,
    "rota:skill": {"skill_id": lambda town: town.skill.pk},
    "rota:task": {"task_id": lambda town: town.asked.pk},
    "services:document": {
        "application_id": lambda town: town.asked.case_id,
        "document_id": lambda town: town.paper.pk,
    },
    "services:do": {"application_id": lambda town: town.asked.case_id, "message": lambda _: "withdrawn"},
    "services:finish": {"application_id": lambda town: town.asked.case_id, "task_id": lambda town: town.asked.pk},
    "services:jump": {"application_id": lambda town: town.asked.case_id},
    "services:partner": {"application_id": lambda town: town.asked.case_id},
    "services:partner_address": {"slug": lambda _: "grant", "name": lambda _: "nobody"},
    "services:partner_tell": {"application_id": lambda town: town.asked.case_id, "message": lambda _: "withdrawn"},
    "services:tell": {"application_id": lambda town: town.asked.case_id, "message": lambda _: "withdrawn"},
    "services:why": {"application_id": lambda town: town.asked.case_id, "number": lambda _: 1},
    "services:open_saved": {"secret": lambda _: LINK_SECRET},
    "services:page": APPLICATION | {"page": lambda _: "you"},
    "services:sheet": {"version_id": lambda town: town.application.version_id},
    "services:sign": {"secret": lambda _: LINK_SECRET},
    "services:signatory": {
        "application_id": lambda town: town.asked.case_id,
        "signing_id": lambda town: town.signing.pk,
    },
    "services:signature": {
        "application_id": lambda town: town.asked.case_id,
        "signing_id": lambda town: town.signing.pk,
    },
    "services:start": {"slug": lambda _: "grant"},
    "reports:open_saved": {"secret": lambda _: LINK_SECRET},
    "reports:unfollow": {"key": lambda town: reports.follower_key(town.follower)},
    "reports:edit_category": {"code": lambda _: "fly_tipping"},
    "reports:edit_question": {"code": lambda _: "fly_tipping", "question_code": lambda _: "size"},
    "reports:look_at_note": REPORTER | {"note_id": lambda town: town.note.pk},
}
"""What stands in an address, where it is not a report's reference or a draft's key. A second word: another one."""
USUAL = REPORTER | DRAFT | APPLICATION | {"draft_key": lambda town: town.service_draft.pk}


def routes() -> Iterator[tuple[str, URLPattern]]:
    """Every named address of the house with its pattern."""
    return _below(get_resolver(), "")


def _below(resolver: URLResolver, space: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _below(entry, ":".join(filter(None, [space, entry.namespace])))
        elif entry.name:
            yield (f"{space}:{entry.name}" if space else entry.name), entry


PATTERNS = dict(routes())


def address(name: str, town: Town) -> str:
    """The address of a route, for the things of the town."""
    route = name.partition(" ")[0]
    wanted = set(PATTERNS[route].pattern.regex.groupindex) | set(getattr(PATTERNS[route].pattern, "converters", {}))
    given = GIVEN.get(name) or {key: value for key, value in USUAL.items() if key in wanted}
    return reverse(route, kwargs={key: value(town) for key, value in given.items()})


def ask(client: Client, method: str, path: str, data: dict[str, Any] | None = None) -> str:
    """What is answered, in a word: the status, or for a way elsewhere `in` (to sign in) or `to` (anywhere else)."""
    response = client.get(path, data) if method == "GET" else client.post(path, data or FIELDS)
    if getattr(response, "streaming", False):
        b"".join(response)
    if response.status_code not in {301, 302, 303, 307, 308}:
        return str(response.status_code)
    goes = urlsplit(response.headers["Location"]).path
    return "in" if goes in SIGN_IN else "to"


FIELDS = {"csrfmiddlewaretoken": "not looked at by the test client"}
"""A form that was sent with nothing filled in."""
SIGN_IN = {reverse("identity:sign_in"), reverse("identity:staff")}
