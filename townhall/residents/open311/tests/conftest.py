"""The second council that tests of Open311 talk to."""
from collections.abc import Iterator
from typing import Any

import pytest

from townhall.kernel.authority import selectors as authority
from townhall.kernel.authority.models import Authority
from townhall.kernel.cases.tests.factories import COUNTY, OURS
from townhall.residents.open311.tests import county as second
from townhall.residents.reports.models import Category
from townhall.residents.reports.tests import factories as reports


@pytest.fixture(scope="session")
def county(second_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[second.County]:
    """Merrowshire, serving from a database of its own."""
    with second.running(second_database, tmp_path_factory.mktemp("county")) as running:
        yield running


@pytest.fixture
def localhost_allowed(settings: Any) -> None:
    """Our own machine may be called, as in the demo."""
    settings.TOWNHALL_PRIVATE_HOSTS = {"localhost"}


@pytest.fixture
def neighbours(county: second.County, council: Any, localhost_allowed: None) -> Any:
    """Northmere here, which knows where Merrowshire answers; roads are the county's."""
    reports.categories()
    Authority.objects.filter(gss_code=COUNTY).update(
        open311_url=county.open311, open311_key=second.LINK, open311_jurisdiction="merrowshire.example"
    )
    Authority.objects.filter(gss_code=OURS).update(open311_jurisdiction="northmere.example")
    Category.objects.filter(code="pothole").update(owner_gss=COUNTY)
    authority.forget()
    return council
