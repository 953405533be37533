"""What is in whose queue, and what the queue's pages answer."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from townhall.council.casework.rules.filters import Cursor, Filter
from townhall.council.casework.selectors import lists, queue
from townhall.kernel.cases import actions
from townhall.kernel.cases.models import Case, SavedList
from townhall.kernel.identity.models import Person

Opens = Callable[..., Case]
SignsIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
HIDING_PLACES = [
    "?list=all",
    "cases.csv?list=all",
    "search?q=mattress",
    "?list=team&team=street-scene",
    "?list=nobody",
    "?list=all&q=mattress",
]
ODD = [
    "q=%27%22%3B--", "person=zz", "after=zz", "after=~zz", "status=nonsense", "ward=%ff",
    "list=team&team=../..", "sort=x", "q=%26%7C%21%28", "box=1,2",
    "box=nan,1,2,3", "box=-2.6,54.4,-2.7,54.3",
]  # fmt: skip


def references(chosen: Filter, person: Person, **more: Any) -> list[str]:
    return [case.reference for case in lists.page(chosen, person, timezone.now(), **more).cases]


def test_an_officer_begins_with_the_teams_list(council: Any, case: Opens, as_person: SignsIn) -> None:
    mine, other = case(), case(category="overgrown_grass")
    page = as_person(council.officer).get("/work/").content.decode()
    assert mine.reference in page
    assert other.reference not in page
    assert '<h1 id="list-title">Street Scene' in page


def test_the_soonest_promise_is_first_and_no_date_last(council: Any, case: Opens) -> None:
    undated, later, sooner = case(target_days=None), case(target_days=5), case(target_days=1)
    assert references(Filter(), council.manager) == [sooner.reference, later.reference, undated.reference]


def test_pages_follow_one_another_without_gap_or_double(council: Any, case: Opens) -> None:
    made = {case(target_days=days).reference for days in (1, 1, 2, 2, 3, None, None)}
    for sort in ("clock", "newest", "changed"):
        found: list[str] = []
        after: Cursor | None = None
        while True:
            page = lists.page(Filter(sort=sort), council.manager, timezone.now(), after=after, size=2)
            found += [each.reference for each in page.cases]
            after = page.after
            if after is None:
                break
        assert len(found) == len(made)
        assert set(found) == made


def test_neighbours_in_a_list_are_those_beside(council: Any, case: Opens) -> None:
    for days in (1, 2, 2, None, None):
        case(target_days=days)
    order = references(Filter(), council.manager)
    by_reference = {each.reference: each for each in Case.objects.all()}
    for place, reference in enumerate(order):
        before, after = lists.beside(by_reference[reference], Filter(), council.manager, timezone.now())
        assert before == (order[place - 1] if place else "")
        assert after == (order[place + 1] if place + 1 < len(order) else "")


def test_each_list_has_what_its_name_says(council: Any, case: Opens) -> None:
    now = timezone.now()
    mine, paused, late, done, again = case(), case(), case(at=now - timedelta(days=30)), case(), case()
    actions.assign(case_id=mine.pk, to=council.officer, by=council.officer, at=now)
    actions.pause(case_id=paused.pk, reason="landowner", by=council.officer, at=now)
    actions.resolve(case_id=done.pk, outcome="fixed", by=council.officer, at=now)
    actions.resolve(case_id=again.pk, outcome="fixed", by=council.officer, at=now)
    actions.reopen(case_id=again.pk, by=None, at=now)
    named = {"mine": mine, "paused": paused, "over": late, "done": done, "reopened": again}
    for name, one in named.items():
        assert references(Filter.parse({"list": name}), council.officer) == [one.reference], name
    assert mine.reference not in references(Filter(name="nobody"), council.officer)


def test_filters_narrow_a_list(council: Any, case: Opens) -> None:
    wanted = case(ward="E05999001", title="Graffiti on the underpass", category="graffiti", channel="phone")
    case()
    for narrowed in ({"ward": "E05999001"}, {"category": "graffiti"}, {"channel": "phone"}, {"q": "underpass"},
                     {"q": wanted.reference.lower()}):  # fmt: skip
        assert references(Filter.parse(narrowed), council.manager) == [wanted.reference], narrowed


@pytest.mark.parametrize("query", ODD)
def test_no_address_breaks_the_queue(council: Any, case: Opens, as_person: SignsIn, query: str) -> None:
    case()
    for path in ("", "cases.csv"):
        assert as_person(council.manager).get(f"/work/{path}?{query}").status_code == 200


def test_another_team_and_a_partner_see_nothing_of_a_case(council: Any, case: Opens, as_person: SignsIn) -> None:
    secret = case(title="Secret mattress", is_public=False)
    for person in (council.other_officer, council.partner):
        client = as_person(person)
        for path in (*HIDING_PLACES, f"search?q={secret.reference}"):
            answer = client.get(f"/work/{path}")
            body = b"".join(answer)
            assert b"Secret" not in body, path
            assert answer.status_code == 200, path
        assert client.get(f"/work/rows/{secret.pk}?list=all").status_code == 204
        assert client.get(f"/work/cases/{secret.reference}/").status_code == 403
        assert client.get(f"/work/cases/{secret.reference}/pin.json").status_code == 403
        assert client.post(f"/work/cases/{secret.reference}/note/", {"text": "x"}).status_code == 403


def test_residents_and_visitors_have_no_queue(council: Any, case: Opens, as_person: SignsIn) -> None:
    one = case()
    paths = ["", "cases.csv", f"rows/{one.pk}", "search?q=x", "calls/", "set-up/"]
    for path in [*paths, f"cases/{one.reference}/"]:
        assert as_person(council.resident).get(f"/work/{path}").status_code == 403, path
        assert Client().get(f"/work/{path}").status_code == 302, path


def test_a_row_that_comes_says_why(council: Any, case: Opens, as_person: SignsIn) -> None:
    one = case(at=timezone.now())
    answer = as_person(council.officer).get(f"/work/rows/{one.pk}")
    page = answer.content.decode()
    assert "Street cleaning" in page
    assert "is-new" in page
    assert answer["X-Total"] == "1"


def test_a_row_that_left_the_list_is_not_sent(council: Any, case: Opens, as_person: SignsIn) -> None:
    one = case()
    actions.pass_to_team(case_id=one.pk, team=council.parks, reason="A park", by=council.officer, at=timezone.now())
    assert as_person(council.officer).get(f"/work/rows/{one.pk}").status_code == 204


def test_a_list_can_be_saved_and_taken_away(council: Any, case: Opens, as_person: SignsIn) -> None:
    client = as_person(council.officer)
    client.post("/work/lists/", {"name": "Sharps", "query": "list=all&q=needles"})
    kept = SavedList.objects.get()
    assert Filter.parse({"list": "all", "q": "needles"}) == queue.filter_of(kept.query)
    assert "Sharps" in client.get("/work/").content.decode()
    assert as_person(council.other_officer).post(f"/work/lists/{kept.pk}/forget/").status_code == 404
    client.post(f"/work/lists/{kept.pk}/forget/")
    assert not SavedList.objects.exists()


def test_the_sheet_has_the_list_and_no_formula(council: Any, case: Opens, as_person: SignsIn) -> None:
    case(title="=HYPERLINK(1)")
    answer = as_person(council.officer).get("/work/cases.csv")
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert len(rows) == 2
    assert rows[1][1] == "'=HYPERLINK(1)"
    assert "Asha" not in str(rows)


def test_the_queue_takes_at_most_ten_statements(
    council: Any, case: Opens, as_person: SignsIn, django_assert_max_num_queries: Any
) -> None:
    for _ in range(60):
        case()
    client = as_person(council.officer)
    client.get("/work/")
    with django_assert_max_num_queries(10):
        page = client.get("/work/").content.decode()
    assert page.count("data-row ") == 50
    assert 'rel="next"' in page
