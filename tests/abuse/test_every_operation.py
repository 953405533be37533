"""Every API answers whatever is sent to it as its document says, and never with a fault of ours."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from tests.abuse.operations import HEADERS, OPERATIONS, SCHEMAS, WALL, Operation, cases, secrets, takes_anything
from tests.house.town import Town
from townhall.kernel.geo.tests import factories as places

EXAMPLES, MANY = 12, 100
QUIET = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large, HealthCheck.large_base_example]
KEPT = [
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance",
]  # fmt: skip
CHECKED = {
    "townhall": CHECKS.get_by_names([*KEPT, "negative_data_rejection"]),
    "open311": CHECKS.get_by_names(KEPT),
}
"""An Open311 server takes an empty parameter for one that was not given, and does not look at those it does not know.
"""
WRONG = [(one, mode) for one in OPERATIONS for mode in GenerationMode if mode.is_positive or takes_anything(one)]


@pytest.fixture(scope="module")
def keys(town: Town) -> dict[str, str]:
    """Headers with good keys."""
    places.load_hamlet(datetime.now(UTC))
    held = secrets(town)
    sent = Client().post("/open311/v2/requests.json", WALL, "application/json", headers={"X-Api-Key": held["open311"]})
    assert sent.status_code == 201, sent.content
    return held


def run(operation: Operation, mode: GenerationMode, town: Town, keys: dict[str, str], examples: int) -> None:
    """Send calls of one kind to an operation; each is taken back. Of the good ones, some are answered well."""
    answered: set[int] = set()

    @seed(2026)
    @settings(
        max_examples=examples, database=None, deadline=None, suppress_health_check=QUIET, phases=[Phase.generate]
    )
    @given(case=cases(operation, mode, town))
    def call(case: Any) -> None:
        ours = {HEADERS[operation.document]: keys[operation.document], "Accept-Encoding": "identity"}
        case.headers = {**(case.headers or {}), **ours}
        with transaction.atomic():
            response = case.call()
            answered.add(response.status_code)
            try:
                case.validate_response(response, checks=CHECKED[operation.document])
            finally:
                transaction.set_rollback(True)

    call()
    if mode.is_positive:
        assert answered & {200, 201}, f"only {sorted(answered)}: nothing that can be done was done"


@pytest.mark.parametrize(("operation", "mode"), WRONG, ids=str)
def test_an_operation_answers_as_its_document_says(
    operation: Operation, mode: GenerationMode, town: Town, keys: dict[str, str], one_connection: None
) -> None:
    run(operation, mode, town, keys, EXAMPLES)


@pytest.mark.long
@pytest.mark.parametrize(("operation", "mode"), WRONG, ids=str)
def test_an_operation_answers_many_more_calls_as_its_document_says(
    operation: Operation, mode: GenerationMode, town: Town, keys: dict[str, str], one_connection: None
) -> None:
    run(operation, mode, town, keys, MANY)


def test_every_document_is_openapi_3_1() -> None:
    assert {schema.raw_schema["openapi"] for schema in SCHEMAS.values()} == {"3.1.0"}
