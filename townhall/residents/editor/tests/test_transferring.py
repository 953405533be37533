"""Officers let running cases go on with the live version: they look first, a job does it, and it can be taken back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from townhall.kernel.cases.tests.factories import Council
from townhall.kernel.jobs.models import Progress
from townhall.kernel.jobs.registries import background
from townhall.residents.editor import actions
from townhall.residents.editor.tests.factories import address, browser
from townhall.residents.services.models import Application, Course, Transfer
from townhall.residents.services.tests import movers

pytestmark = pytest.mark.django_db
HERE = "/work/services/of/asking/cases/"


@pytest.fixture
def case(council: Council, at: datetime) -> Application:
    """A case on the first of two versions."""
    found = movers.running(movers.published(movers.FIRST, at), at)
    movers.published(movers.SECOND, at)
    return found


@pytest.fixture
def done() -> Callable[[], None]:
    """Do the job that waits, as a worker would."""

    def run() -> None:
        work = Progress.objects.get(state="waiting")
        background[work.job](work, **work.arguments)
        Progress.objects.filter(pk=work.pk).update(state="done")

    return run


def states(application: Application) -> list[str]:
    """Where a case is."""
    return list(Course.objects.get(application=application).state["active"])


def test_an_officer_looks_lets_them_go_over_and_takes_it_back(
    case: Application, council: Council, done: Callable[[], None]
) -> None:
    manager = browser(council.manager)
    assert "1 case runs on an older version" in manager.get("/work/services/of/asking/").content.decode()
    assert "Look at it" in manager.get(HERE).content.decode()
    chosen = {"state.look": "read"}
    page = manager.post(HERE, chosen | {"_do": "look"}).content.decode()
    assert "1 would go over, 0 would stay" in page
    assert states(case) == ["look"]
    answer = manager.post(HERE, chosen | {"_do": "move"})
    assert answer["Location"].startswith("/jobs/")
    done()
    assert states(case) == ["read"]
    assert Transfer.objects.get().by == council.manager
    page = manager.get(HERE).content.decode()
    assert "1 went over, 0 are as they were, 0 stayed." in page
    assert "Every running case is on the live version." in page
    answer = manager.post(HERE, {"_do": "back", "transfer": str(Transfer.objects.get().pk)})
    assert answer.status_code == 302
    done()
    assert states(case) == ["look"]
    page = manager.get(HERE).content.decode()
    assert "Take it back" not in page, "it was taken back already"


def test_what_nobody_has_chosen_a_state_for_stays_and_the_page_says_so(case: Application, council: Council) -> None:
    page = browser(council.manager).post(HERE, {"_do": "look"}).content.decode()
    assert "0 would go over, 1 would stay" in page
    assert "which the other version has not" in page
    assert case.case is not None
    assert case.case.reference in page


def test_only_who_may_publish_may_do_it(case: Application, council: Council) -> None:
    for person in (council.officer, council.resident):
        assert browser(person).get(HERE).status_code == 403
        assert browser(person).post(HERE, {"_do": "move"}).status_code == 403
    assert not Transfer.objects.exists()


def test_a_service_that_is_not_live_and_a_transfer_that_there_is_not_are_not_found(
    case: Application, council: Council
) -> None:
    manager: Any = browser(council.manager)
    assert manager.get("/work/services/of/nothing/cases/").status_code == 404
    assert manager.post(HERE, {"_do": "back", "transfer": "x"}).status_code == 404
    assert manager.post(HERE, {"_do": "anything"}).status_code == 422


def test_a_draft_is_taken_through_last_years_cases_without_changing_them(
    council: Council, at: datetime
) -> None:
    recent = timezone.now() - timedelta(days=3)
    case = movers.running(movers.published(movers.FIRST, recent), recent, {"look": {"pence": 1}})
    files = {path: content.decode() for path, content in movers.contents(movers.FIRST).items()}
    changed = files | {"decisions/fee.yaml": files["decisions/fee.yaml"].replace("3750", "4200")}
    draft = actions.begin(slug="asking", files=changed, base="", by=council.officer, at=at)
    here = address("past", draft)
    assert here in browser(council.manager).get(address("try", draft)).content.decode()
    before = Course.objects.get(application=case).state
    page = browser(council.manager).post(here).content.decode()
    assert "1 cases, 1 replayed, 1 would have come out differently" in page
    assert "£37.50" in page
    assert "£42.00" in page
    assert Course.objects.get(application=case).state == before
