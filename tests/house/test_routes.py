"""Every address as everybody: who gets in is written in `routes.py`, and nowhere does anybody get a fault of ours."""

import copy
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.house.routes import ROWS, Row
from tests.house.town import ROLES, Town
from tests.house.visiting import PATTERNS, address, ask


@pytest.fixture(scope="module")
def cookies(town: Town) -> dict[str, SimpleCookie]:
    """What the browser of each role has after signing in."""
    return {role: town.browser(role).cookies for role in ROLES}


def visit(row: Row, role: str, town: Town, cookies: dict[str, SimpleCookie]) -> str:
    """What a role is answered; what it changed is taken back."""
    client = Client(raise_request_exception=False)
    client.cookies = copy.copy(cookies[role])
    with transaction.atomic():
        answer = ask(client, row.method, address(row.route, town))
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.route}")
def test_everybody_gets_what_the_table_says(row: Row, town: Town, cookies: dict[str, Any]) -> None:
    assert {role: visit(row, role, town, cookies) for role in ROLES} == row.answers


def test_every_address_is_in_the_table() -> None:
    assert sorted(set(PATTERNS) - {row.name for row in ROWS}) == []


def test_the_table_names_no_address_that_is_gone() -> None:
    assert sorted({row.name for row in ROWS} - set(PATTERNS)) == []


def test_the_table_expects_no_fault_of_ours() -> None:
    assert [row for row in ROWS if any(answer.startswith("5") for answer in row.answers.values())] == []
