"""Administrators change what letters say; each change is a version, and audited."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from townhall.kernel.identity.models import Change
from townhall.kernel.notify import actions, selectors
from townhall.kernel.notify.actions.wordings import ChangedMeanwhile
from townhall.kernel.notify.models import ChangedWording
from townhall.kernel.notify.rules import TextMistake

pytestmark = pytest.mark.django_db
TEXTS = {"subject_en": "New ((title))", "body_en": "Hello ((name))", "subject_cy": "", "body_cy": ""}
PAGE = "/letters/templates/test_letter/"


def sign_in(client: Client, person: Any) -> None:
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")


@pytest.fixture
def administrator(client: Client, council: Any) -> Any:
    sign_in(client, council.administrator)
    return council.administrator


def posted(**more: str) -> dict[str, str]:
    return {**TEXTS, "version": "0", **more}


def test_a_changed_wording_is_a_version_and_is_audited(council: Any, at: datetime) -> None:
    version = actions.change_wording(kind="test_letter", texts=TEXTS, by=council.administrator, at=at, expected=0)
    assert version == 1
    assert selectors.wording("test_letter").wording.subject_en == "New ((title))"
    change = Change.objects.get(what="letter: test_letter")
    assert change.before["subject_en"] == "About ((title))"
    assert change.after["subject_en"] == "New ((title))"


def test_the_wording_it_came_with_can_be_put_back(council: Any, at: datetime) -> None:
    actions.change_wording(kind="test_letter", texts=TEXTS, by=council.administrator, at=at, expected=0)
    actions.restore_wording(kind="test_letter", by=council.administrator, at=at, expected=1)
    current = selectors.wording("test_letter")
    assert (current.version, current.wording) == (2, current.kind.wording)
    assert [version.version for version in selectors.versions("test_letter")] == [2, 1]


def test_two_people_do_not_overwrite_each_other(council: Any, at: datetime) -> None:
    actions.change_wording(kind="test_letter", texts=TEXTS, by=council.administrator, at=at, expected=0)
    with pytest.raises(ChangedMeanwhile):
        actions.change_wording(kind="test_letter", texts=TEXTS, by=council.administrator, at=at, expected=0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject_en": ""},
        {"body_en": "  "},
        {"subject_cy": "Dim ond pwnc"},
        {"body_cy": "Dim ond corff"},
        {"body_en": "Dear ((nmae))"},
    ],
)
def test_a_wording_that_cannot_be_used_is_refused(council: Any, at: datetime, wrong: dict[str, str]) -> None:
    texts = TEXTS | wrong
    with pytest.raises(TextMistake):
        actions.change_wording(kind="test_letter", texts=texts, by=council.administrator, at=at, expected=0)
    assert not ChangedWording.objects.exists()


def test_the_list_says_what_welsh_is_missing(client: Client, administrator: Any, at: datetime) -> None:
    page = client.get("/letters/templates/").content.decode()
    assert "Test letter" in page
    before = page.count("Not translated yet")
    actions.change_wording(kind="test_letter", texts=TEXTS, by=administrator, at=at, expected=0)
    assert client.get("/letters/templates/").content.decode().count("Not translated yet") == before + 1


def test_the_list_asks_no_more_for_more_letters(
    client: Client, administrator: Any, django_assert_max_num_queries: Any
) -> None:
    client.get("/letters/templates/")
    with django_assert_max_num_queries(8):
        client.get("/letters/templates/")


def test_saving_changes_letters_from_now_on(client: Client, administrator: Any) -> None:
    response = client.post(PAGE, posted(), follow=True)
    assert "Letters say this from now on" in response.content.decode()
    assert selectors.wording("test_letter").wording.body_en == "Hello ((name))"


@pytest.mark.parametrize(
    ("look", "shows"),
    [("email", "Hello Asha"), ("sms", "Northmere Borough Council: Hello Asha"), ("post", "data:image/png")],
)
def test_a_preview_shows_what_was_typed_and_saves_nothing(
    client: Client, administrator: Any, look: str, shows: str
) -> None:
    page = client.post(PAGE, posted(look=look)).content.decode()
    assert shows in page
    assert "Hello ((name))" in page
    assert not ChangedWording.objects.exists()


def test_a_preview_shows_both_languages(client: Client, administrator: Any) -> None:
    page = client.get(f"{PAGE}?look=large").content.decode()
    assert page.count("data:image/png") == 2


def test_a_preview_of_nonsense_still_shows_the_page(client: Client, administrator: Any) -> None:
    for body in ("((link)) ((", "((link??x))", "((nothing))", "# \n* \n^ "):
        assert client.post(PAGE, posted(body_en=body, look="sms")).status_code == 200


def test_a_mistake_is_told_at_its_field_and_nothing_typed_is_lost(client: Client, administrator: Any) -> None:
    page = client.post(PAGE, posted(body_en="Dear ((nmae)), my long letter")).content.decode()
    assert "This letter has no ((nmae))" in page
    assert "my long letter" in page
    assert 'href="#id_body_en"' in page


def test_a_change_by_somebody_else_is_shown_beside_ones_own(client: Client, administrator: Any, at: datetime) -> None:
    theirs = TEXTS | {"body_en": "Theirs"}
    actions.change_wording(kind="test_letter", texts=theirs, by=administrator, at=at, expected=0)
    page = client.post(PAGE, posted(body_en="Mine")).content.decode()
    assert "Somebody else changed this letter" in page
    assert "Theirs" in page
    assert "Mine" in page
    client.post(PAGE, posted(body_en="Mine", version="1"))
    assert selectors.wording("test_letter").wording.body_en == "Mine"


def test_putting_back_from_the_page(client: Client, administrator: Any) -> None:
    client.post(PAGE, posted())
    response = client.post(PAGE, posted(version="1", restore="1"), follow=True)
    assert "says the standard wording again" in response.content.decode()
    assert client.post(PAGE, posted(version="x", restore="1")).status_code == 302
    assert selectors.wording("test_letter").version == 2


@pytest.mark.parametrize("who", ["officer", "manager", "call_handler", "partner", "resident"])
def test_only_administrators_word_letters(client: Client, council: Any, who: str) -> None:
    sign_in(client, getattr(council, who))
    assert client.get("/letters/templates/").status_code == 403
    assert client.post(PAGE, posted()).status_code == 403
    assert not ChangedWording.objects.exists()


def test_visitors_are_sent_to_sign_in(client: Client) -> None:
    assert client.get(PAGE).status_code == 302


def test_a_letter_that_is_not_there(client: Client, administrator: Any) -> None:
    assert client.get("/letters/templates/nothing/").status_code == 404


def test_the_page_in_welsh(client: Client, administrator: Any) -> None:
    client.cookies["language"] = "cy"
    assert '<html lang="cy"' in client.get(PAGE).content.decode()
