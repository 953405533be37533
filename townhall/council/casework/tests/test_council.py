"""Setting up this council and its neighbours."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from townhall.council.casework.council_forms import CouncilForm
from townhall.kernel.authority import selectors as authority
from townhall.kernel.cases.tests.factories import COUNTY
from townhall.kernel.identity.models import Change, Person

pytestmark = pytest.mark.django_db
Browser = Callable[[Person], Client]
KEPT = {
    "name": "Northmere Borough Council", "name_cy": "Cyngor Bwrdeistref Northmere", "short_name": "Northmere",
    "tier": "district", "nation": "england", "second_line": "Borough Council", "colour_1": "#16425B",
    "colour_2": "#f08a5d", "telephone": "01632 960 111", "days": ["0", "1", "2"], "opens": "09:00", "shuts": "16:30",
}  # fmt: skip
NEIGHBOUR = {
    "name": "Merrowshire County Council", "short_name": "Merrowshire", "tier": "county", "does": "Roads\nSchools\n",
    "open311_url": "https://merrowshire.example/open311/v2/", "open311_key": "not to be shown",
}  # fmt: skip


def test_an_administrator_changes_name_colours_telephone_and_hours(council: Any, as_person: Browser) -> None:
    answer = as_person(council.administrator).post(reverse("casework:council"), KEPT)
    assert answer.status_code == 302
    ours = authority.ours()
    assert (ours.colour_1, ours.telephone) == ("#16425b", "01632 960 111")
    assert [(row.days, row.opens.hour, row.shuts.minute) for row in ours.hours] == [((0, 1, 2), 9, 30)]
    assert ours.is_ours
    assert ours.is_fictional


def test_a_change_is_kept_with_who_made_it(council: Any, as_person: Browser) -> None:
    as_person(council.administrator).post(reverse("casework:council"), KEPT)
    change = Change.objects.get(what="council: Northmere Borough Council")
    assert change.by == council.administrator
    assert change.before["telephone"] == "01632 960 100"
    assert change.after["telephone"] == "01632 960 111"


def test_colours_are_looked_at_before_they_are_kept(council: Any, as_person: Browser) -> None:
    before = authority.ours().colour_1
    answer = as_person(council.administrator).post(
        reverse("casework:council"), KEPT | {"colour_1": "#ffc72c", "look": "1"}
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'fill="#ffc72c"' in page
    assert "10.9 : 1" in page
    assert authority.ours().colour_1 == before


@pytest.mark.parametrize(
    "wrong", [{"colour_1": "red"}, {"opens": "noon"}, {"shuts": "08:00"}, {"name": ""}, {"days": []}]
)
def test_what_cannot_be_is_refused_and_nothing_is_changed(
    council: Any, as_person: Browser, wrong: dict[str, Any]
) -> None:
    answer = as_person(council.administrator).post(reverse("casework:council"), KEPT | wrong)
    assert answer.status_code == 422
    assert not Change.objects.exists()


def test_a_council_without_a_name_gets_one(council: Any, as_person: Browser) -> None:
    from townhall.kernel.authority.models import Authority

    Authority.objects.all().delete()
    authority.forget()
    answer = as_person(council.administrator).post(reverse("casework:council"), KEPT | {"gss_code": "e07999009"})
    assert answer.status_code == 302
    assert authority.ours().gss_code == "E07999009"


def test_a_neighbours_key_is_kept_and_never_shown(council: Any, as_person: Browser) -> None:
    browser = as_person(council.administrator)
    path = reverse("casework:neighbour", args=[COUNTY])
    assert browser.post(path, NEIGHBOUR).status_code == 302
    assert authority.open311_key(COUNTY) == "not to be shown"
    assert authority.by_code(COUNTY).does == ("Roads", "Schools")  # pyright: ignore[reportOptionalMemberAccess]
    assert "not to be shown" not in browser.get(path).content.decode()
    assert "not to be shown" not in str(list(Change.objects.values()))


def test_an_empty_key_leaves_the_one_we_have(council: Any, as_person: Browser) -> None:
    browser = as_person(council.administrator)
    path = reverse("casework:neighbour", args=[COUNTY])
    browser.post(path, NEIGHBOUR)
    browser.post(path, NEIGHBOUR | {"open311_key": "", "telephone": "01632 960 222"})
    assert authority.open311_key(COUNTY) == "not to be shown"
    assert authority.by_code(COUNTY).telephone == "01632 960 222"  # pyright: ignore[reportOptionalMemberAccess]


def test_a_neighbour_is_added(council: Any, as_person: Browser) -> None:
    path = reverse("casework:new_neighbour")
    browser = as_person(council.administrator)
    assert browser.post(path, NEIGHBOUR | {"gss_code": "nowhere"}).status_code == 422
    assert browser.post(path, NEIGHBOUR | {"gss_code": "E10999009", "name": "Fells County Council"}).status_code == 302
    assert [one.name for one in authority.neighbours()] == ["Fells County Council", "Merrowshire County Council"]


def test_the_page_as_shown_can_be_kept_as_it_is(council: Any, as_person: Browser) -> None:
    form = CouncilForm(None, known=authority.ours())
    sent = {field.name: field.value() for field in form if field.value() is not None}
    assert sent["opens"] == "08:30"
    assert as_person(council.administrator).post(reverse("casework:council"), sent).status_code == 302
    assert not Change.objects.exists()


def test_only_administrators_set_up_the_council(council: Any, as_person: Browser) -> None:
    for person in (council.officer, council.manager, council.call_handler, council.resident):
        assert as_person(person).get(reverse("casework:council")).status_code == 403
