"""Every operation of every API, as schemathesis reads the documents that we publish."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import schemathesis
from hypothesis import strategies as st
from schemathesis import GenerationMode

from tests.house.town import Town
from townhall.config import api as _api  # noqa: F401 - it adds its document to the registry
from townhall.config.wsgi import application
from townhall.kernel.documents.tests.factories import as_bytes, picture
from townhall.kernel.geo.tests.factories import CROSSROADS
from townhall.kernel.identity.actions.keys import make_key
from townhall.kernel.identity.models import PersonKey
from townhall.kernel.modules.openapi import descriptions
from townhall.residents.open311.actions.keys import make_key as make_system_key
from townhall.residents.open311.models import Receipt
from townhall.residents.services.tests.factories import whole_answers


def real(operation: "Operation", town: Town) -> dict[str, Any]:
    """What a call of the operation must hold so that something is there; the rest is generated. Empty for no need."""
    named = operation.path.partition("{")[2].partition("}")[0]
    reference = town.report.case.reference
    of_service = operation.path.startswith("/api/services/")
    in_path = {
        "reference": town.asked.case.reference if of_service else reference, "slug": "grant",
        "service_code": "fly_tipping", "service_request_id": reference,
        "token": str(Receipt.objects.latest("created_at").pk) if named == "token" else "",
        "code": {"/api/categories/{code}": "fly_tipping", "/api/measures/{code}": "received"}.get(
            operation.path, "E05999001"),
    }  # fmt: skip
    fixed: dict[str, Any] = {"path_parameters": {named: in_path[named]}} if named else {}
    if operation.path in QUERIES:
        fixed["query"] = QUERIES[operation.path]
    stem = operation.path.rpartition(".")[0]
    if operation.method == "post" and stem in {"/requests", "/servicerequestupdates"}:
        theirs = Receipt.objects.latest("created_at").answer["service_request_id"]
        update = {"update_id": "1", "service_request_id": theirs, "description": "It is worse", "status": "OPEN"}
        sent = WALL if stem == "/requests" else update
        fixed |= {"body": sent, "media_type": "application/json"}
    if operation.method == "post" and of_service:
        fixed |= SERVICES[operation.path.rpartition("/")[2]]
    return fixed


QUERIES: dict[str, dict[str, Any]] = {
    "/api/places/at": {"longitude": CROSSROADS.lonlat.lon, "latitude": CROSSROADS.lonlat.lat},
    "/api/measures/{code}": {"since": "2026-01-01", "until": "2026-06-01"},
}
WALL = {
    "service_code": "graffiti", "description": "Tags all over the wall", "lat": CROSSROADS.lonlat.lat,
    "long": CROSSROADS.lonlat.lon,
    "attribute": {"offensive": "no", "surface": "wall"},
}  # fmt: skip

SERVICES: dict[str, dict[str, Any]] = {
    "applications": {
        "body": {"answers": whole_answers()}, "media_type": "application/json", "headers": {"Idempotency-Key": "one"},
    },
    "files": {"body": {"file": as_bytes(picture(40, 30))}, "media_type": "multipart/form-data"},
}  # fmt: skip


@dataclass(frozen=True)
class Operation:
    """A method at an address of a document."""

    document: str
    path: str
    method: str

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"


def _documents() -> dict[str, Any]:
    return {name: json.loads(json.dumps(each.make(), default=str)) for name, each in descriptions.items()}


DOCUMENTS = _documents()
SCHEMAS = {name: schemathesis.openapi.from_dict(document) for name, document in DOCUMENTS.items()}
for _schema in SCHEMAS.values():
    _schema.app = application
OPERATIONS = [
    Operation(name, path, method)
    for name, document in DOCUMENTS.items()
    for path, methods in document["paths"].items()
    for method in methods
]


def takes_anything(operation: Operation) -> bool:
    """Whether there is anything in a call that could be wrong."""
    one = DOCUMENTS[operation.document]["paths"][operation.path][operation.method]
    return bool(one.get("parameters") or one.get("requestBody"))


def cases(operation: Operation, mode: GenerationMode, town: Town) -> st.SearchStrategy[Any]:
    """Calls of an operation as it is described, or not; half of them of something that is there."""
    described = SCHEMAS[operation.document][operation.path][operation.method]
    anything, fixed = described.as_strategy(generation_mode=mode), real(operation, town)
    if mode == GenerationMode.NEGATIVE:
        fixed = {name: value for name, value in fixed.items() if name == "path_parameters"}
    return st.one_of(anything, described.as_strategy(generation_mode=mode, **fixed)) if fixed else anything


def secrets(town: Town) -> dict[str, str]:
    """Headers with a good key, by document."""
    at = datetime.now(UTC)
    _key, mine = make_key(person=town.council.officer, name="tests", scopes=list(PersonKey.Scope.values), at=at)
    _other, theirs = make_system_key(
        name="tests", scopes=["read", "write", "updates"], per_minute=6_000, by=None, at=at
    )
    return {"townhall": f"Bearer {mine}", "open311": theirs}


HEADERS = {"townhall": "Authorization", "open311": "X-Api-Key"}
