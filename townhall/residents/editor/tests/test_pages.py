"""The editor's pages, as officers send them."""

import pytest

from townhall.kernel.cases.tests.factories import Council
from townhall.residents.editor.tests.factories import address, browser, draft, published

pytestmark = pytest.mark.django_db
PAGES = ("service", "form", "tables", "process", "letters", "examples", "try", "files", "history", "review")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_a_draft_opens(council: Council, name: str) -> None:
    published()
    answer = browser(council.officer).get(address(name, draft(council.officer)))
    assert answer.status_code == 200
