"""Towns to test: built once, as they never change."""

from datetime import UTC, datetime

import pytest

from townhall.demo.town.build import build_town
from townhall.demo.town.chance import stream
from townhall.demo.town.people import Resident, residents
from townhall.demo.town.plan import Town
from townhall.demo.town.requests import Request, requests

UNTIL = datetime(2026, 5, 11, 17, tzinfo=UTC)


@pytest.fixture(scope="session")
def village() -> Town:
    return build_town(seed=11, size="village")


@pytest.fixture(scope="session")
def town() -> Town:
    return build_town(seed=11, size="town")


@pytest.fixture(scope="session")
def people(village: Town) -> list[Resident]:
    return residents(village, stream(11, "people"), 900)


@pytest.fixture(scope="session")
def year(village: Town, people: list[Resident]) -> list[Request]:
    return [r for batch in requests(village, people, seed=11, count=25_000, until=UNTIL) for r in batch]
