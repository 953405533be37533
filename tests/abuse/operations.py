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
from townhall.kernel.identity.actions.keys import make_key
from townhall.kernel.identity.models import PersonKey
from townhall.kernel.modules.openapi import descriptions
from townhall.residents.open311.actions.keys import make_key as make_system_key

REAL = {
    "/api/areas/{code}": lambda _town: {"code": "E05999001"},
    "/api/areas/{code}/outline": lambda _town: {"code": "E05999001"},
    "/api/categories/{code}": lambda _town: {"code": "fly_tipping"},
    "/api/measures/{code}": lambda _town: {"code": "received"},
    "reference": lambda town: {"reference": town.report.case.reference},
    "service_code": lambda _town: {"service_code": "fly_tipping"},
    "service_request_id": lambda town: {"service_request_id": town.report.case.reference},
    "token": lambda _town: {"token": "0198f000-0000-7000-8000-000000000000"},
}
"""What stands in a path so that something is there: by the whole path, else by the parameter's name."""


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


def cases(operation: Operation, mode: GenerationMode, town: Town) -> st.SearchStrategy[Any]:
    """Calls of an operation as it is described, or not; half of them of something that is there."""
    described = SCHEMAS[operation.document][operation.path][operation.method]
    named = operation.path.partition("{")[2].partition("}")[0]
    real = REAL.get(operation.path) or REAL.get(named)
    anything = described.as_strategy(generation_mode=mode)
    if real is None:
        return anything
    return st.one_of(anything, described.as_strategy(generation_mode=mode, path_parameters=real(town)))


def secrets(town: Town) -> dict[str, str]:
    """Headers with a good key, by document."""
    at = datetime.now(UTC)
    _key, mine = make_key(person=town.council.officer, name="tests", scopes=list(PersonKey.Scope.values), at=at)
    _other, theirs = make_system_key(
        name="tests", scopes=["read", "write", "updates"], per_minute=6_000, by=None, at=at
    )
    return {"townhall": f"Bearer {mine}", "open311": theirs}


HEADERS = {"townhall": "Authorization", "open311": "X-Api-Key"}
