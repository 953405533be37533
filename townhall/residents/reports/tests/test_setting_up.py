from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from townhall.kernel.identity.models import Change
from townhall.residents.reports.models import Category
from townhall.residents.reports.setup_forms import QuestionForm
from townhall.residents.reports.tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(council, client):
    factories.categories()
    client.force_login(council.administrator)
    return council.administrator


def fields(category, **changes):
    names = "name name_cy group group_cy order owner_gss target_days asks_place_of stop_message stop_message_cy"
    names += " next_step next_step_cy"
    values = {name: getattr(category, name) for name in names.split()}
    values |= {
        "keywords": ", ".join(category.keywords),
        "is_public": "on",
        "is_active": "on",
        "is_anonymous_allowed": "on",
    }
    return {name: value for name, value in (values | changes).items() if value is not None}


def test_only_administrators_set_up_categories(council, client):
    factories.categories()
    for person, status in ((None, 302), (council.resident, 403), (council.officer, 403), (council.administrator, 200)):
        client.logout()
        if person:
            client.force_login(person)
        for address in (reverse("reports:categories"), reverse("reports:edit_category", args=["graffiti"])):
            assert client.get(address).status_code == status


def test_a_change_of_a_promise_is_kept_and_noted(administrator, client):
    category = Category.objects.get(code="graffiti")
    client.post(reverse("reports:edit_category", args=["graffiti"]), fields(category, target_days="4"))
    category.refresh_from_db()
    assert category.target_days == 4
    change = Change.objects.get()
    assert change.by == administrator
    assert (change.before, change.after) == ({"target_days": 5}, {"target_days": 4})


def test_a_new_category_can_be_reported_at_once(administrator, client):
    blank = Category(name="Loose bench", group="Parks", order=99, target_days=3)
    client.post(reverse("reports:new_category"), fields(blank, code="Loose bench", keywords="bench, mainc"))
    assert Category.objects.get(code="loose_bench").keywords == ["bench", "mainc"]
    client.logout()
    response = client.post(reverse("reports:start"), {"text": "The bench by the lake wobbles"}, follow=True)
    assert "Loose bench" in response.content.decode()


def test_a_question_is_added_changed_moved_and_taken_away(administrator, client):
    def address(code):
        return reverse("reports:edit_question", args=["graffiti", code])

    def codes():
        return [row["code"] for row in Category.objects.get(code="graffiti").questions]

    asked = {"text": "How high is it?", "kind": "radios", "options": "Low | Isel\nHigh | Uchel", "is_required": "on"}
    client.post(address("new"), asked)
    assert codes() == ["offensive", "surface", "how_high_is_it"]
    client.post(address("how_high_is_it"), {"do": "up"})
    assert codes() == ["offensive", "how_high_is_it", "surface"]
    client.post(address("how_high_is_it"), asked | {"text": "Can we reach it?"})
    changed = Category.objects.get(code="graffiti").questions[1]
    assert changed["text"] == "Can we reach it?"
    assert [option["code"] for option in changed["options"]] == ["low", "high"]
    client.post(address("how_high_is_it"), {"do": "remove"})
    assert codes() == ["offensive", "surface"]
    assert Change.objects.count() == 4


def test_a_choice_needs_two_answers():
    form = QuestionForm({"text": "Which?", "kind": "radios", "options": "Only one"})
    assert "Write at least two answers" in str(form.errors["options"])


def test_a_new_council_adds_its_categories_by_a_command_once_it_has_a_name(db: None) -> None:
    with pytest.raises(CommandError, match="name the council first"):
        call_command("categories")


def test_the_command_says_how_many_it_added(council: Any) -> None:
    for expected in ("25 categories added", "0 categories added"):
        said = StringIO()
        call_command("categories", stdout=said)
        assert said.getvalue().strip() == expected
