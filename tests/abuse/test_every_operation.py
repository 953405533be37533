"""Every API answers whatever is sent to it as its document says, and never with a fault of ours."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from tests.abuse.operations import HEADERS, OPERATIONS, SCHEMAS, Operation, cases, secrets
from tests.house.town import Town
from townhall.kernel.geo.tests import factories as places

EXAMPLES, MANY = 12, 250
QUIET = list(HealthCheck)
CHOSEN = CHECKS.get_by_names([
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
    "response_schema_conformance", "negative_data_rejection", "missing_required_header", "ignored_auth",
])  # fmt: skip
"""All but those that need links between operations; and a reference may be refused although its form is right."""
answered: Counter[tuple[Operation, int]] = Counter()


@pytest.fixture(scope="module")
def keys(town: Town, one_connection: None) -> Iterator[dict[str, str]]:
    """Headers with good keys."""
    places.load_hamlet(datetime.now(UTC))
    yield secrets(town)


def run(operation: Operation, mode: GenerationMode, town: Town, keys: dict[str, str], examples: int) -> None:
    """Send calls of one kind to an operation; each is taken back."""

    @seed(2026)
    @settings(
        max_examples=examples, database=None, deadline=None, suppress_health_check=QUIET, phases=[Phase.generate]
    )
    @given(case=cases(operation, mode, town))
    def call(case: Any) -> None:
        case.headers = {**(case.headers or {}), HEADERS[operation.document]: keys[operation.document]}
        with transaction.atomic():
            response = case.call()
            answered[operation, response.status_code] += 1
            try:
                case.validate_response(response, checks=CHOSEN)
            finally:
                transaction.set_rollback(True)

    call()


@pytest.mark.parametrize("mode", list(GenerationMode), ids=str)
@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_an_operation_answers_as_its_document_says(
    operation: Operation, mode: GenerationMode, town: Town, keys: dict[str, str]
) -> None:
    run(operation, mode, town, keys, EXAMPLES)


@pytest.mark.long
@pytest.mark.parametrize("mode", list(GenerationMode), ids=str)
@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_an_operation_answers_many_more_calls_as_its_document_says(
    operation: Operation, mode: GenerationMode, town: Town, keys: dict[str, str]
) -> None:
    run(operation, mode, town, keys, MANY)


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_an_operation_was_answered_well_too(operation: Operation) -> None:
    statuses = {status for one, status in answered if one == operation}
    assert statuses, "the calls above were not made"
    assert statuses & {200, 201}, f"only {sorted(statuses)}: nothing that can be done was done"


def test_every_document_is_openapi_3_1() -> None:
    assert {schema.raw_schema["openapi"] for schema in SCHEMAS.values()} == {"3.1.0"}
