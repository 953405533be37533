"""Documents are found for the person who sent them, with their bytes."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from townhall.kernel.documents import actions, holdings
from townhall.kernel.documents.tests import factories

pytestmark = pytest.mark.django_db


def test_what_a_person_sent_is_found_and_what_others_added_is_not(council: Any, make_case: Any, at: datetime) -> None:
    def keep(by: Any, when: datetime) -> Any:
        return actions.keep(file=factories.upload(factories.PDF, "a.pdf"), purpose="test", by=by, at=when)

    before, after = at - timedelta(minutes=5), at + timedelta(days=1)
    theirs, signed_in = keep(None, before), keep(council.resident, after)
    case = make_case(reporter=council.resident)
    others = [keep(None, after), keep(council.officer, after)]
    actions.attach([theirs.pk, signed_in.pk, *(each.pk for each in others)], case.pk, is_public=False)
    found = holdings.find_documents(council.resident)
    assert {record.files[0].key for record in found} == {str(theirs.pk), str(signed_in.pk)}
    assert holdings.read_file(found[0].files[0].key) == factories.PDF
    assert holdings.find_documents(council.neighbour) == []


def test_a_file_that_is_gone_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        holdings.read_file("00000000-0000-0000-0000-000000000000")
