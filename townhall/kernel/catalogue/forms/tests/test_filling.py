"""Going through a form: what is asked, in which order, what counts, what is missing."""

from typing import Any

import pytest

from townhall.kernel.catalogue.forms.engine import (
    TooMuch,
    Upload,
    asked,
    checked,
    counted,
    first_unanswered,
    next_page,
    opened,
    previous_page,
    submitted,
    summary,
    tasks,
)
from townhall.kernel.catalogue.forms.tests.making import BOTH, form_of, rules

CARS = """
  has_car: {questions: {car: {type: yes_no, label: W}}}
  cars:
    when: car
    questions:
      vehicles:
        type: group
        label: W
        item: {en: a vehicle, cy: cerbyd}
        max: 3
        questions:
          reg: {type: text, label: {en: Registration, cy: Rhif cofrestru}}
          electric: {type: yes_no, label: W}
          emissions: {type: number, label: W, when: electric = false}
          drivers:
            type: group
            label: W
            required: false
            questions: {driver: {type: text, label: W, must: {holds: driver != reg, say: W}}}
          proof: {type: files, label: W, required: false}
      total: {type: calculated, label: W, value: count(vehicles)}
      source: {type: hidden, value: '"web"'}
  many: {when: total > 1, questions: {why: {type: long_text, label: W}}}
  born:
    questions:
      birth:
        type: date
        label: W
        called: {en: your date of birth, cy: eich dyddiad geni}
        must:
          - holds: birth < today
            say: {en: Your date of birth must be in the past, cy: Rhaid i'ch dyddiad geni fod yn y gorffennol}
"""
TWO: list[Any] = [{"reg": "A1", "electric": True}, {"reg": "B2", "electric": False, "emissions": 90}]
FACTS = {"today": "2026-04-01"}
form = form_of(CARS, facts="{today: date}")


@pytest.mark.parametrize(
    ("answers", "pages"),
    [
        ({}, ["has_car", "born"]),
        ({"car": False}, ["has_car", "born"]),
        ({"car": True}, ["has_car", "cars", "born"]),
        ({"car": True, "vehicles": TWO}, ["has_car", "cars", "many", "born"]),
        ({"car": False, "vehicles": TWO}, ["has_car", "born"]),
        ({"car": "yes", "vehicles": "A1"}, ["has_car", "born"]),
    ],
)
def test_answers_decide_which_pages_are_asked(answers: dict[str, Any], pages: list[str]) -> None:
    assert asked(form, answers, FACTS).names() == pages


def test_what_is_no_longer_asked_is_kept_and_does_not_count() -> None:
    answers = checked(form, "has_car", {"car": "no"}, {"car": True, "vehicles": TWO}, facts=FACTS).answers
    assert answers == {"car": False, "vehicles": TWO}
    assert counted(form, answers) == {"car": False}
    assert counted(form, {"car": True, "vehicles": TWO}) == {
        "car": True, "vehicles": TWO, "total": 2, "source": "web",
    }  # fmt: skip


def test_pages_follow_one_another_over_those_that_are_not_asked() -> None:
    assert next_page(form, {"car": False}, "has_car") == "born"
    assert next_page(form, {"car": True}, "has_car") == "cars"
    assert previous_page(form, {}, "born") == "has_car"
    assert previous_page(form, {}, "many") == "has_car"
    assert (next_page(form, {}, "born"), previous_page(form, {}, "has_car")) == (None, None)


def test_items_of_a_group_come_in_order_with_their_files_and_groups() -> None:
    sent = {
        "vehicles.7.reg": "B2", "vehicles.7.electric": "no", "vehicles.7.emissions": "90",
        "vehicles.7.drivers.2.driver": "Ann", "vehicles.7.drivers.10.driver": "Bo", "vehicles.7.drivers.5.driver": " ",
        "vehicles.2.reg": "A1", "vehicles.2.electric": "yes", "vehicles.2.proof": ["f1"],
    }  # fmt: skip
    found = checked(form, "cars", sent, {"car": True}, uploads={"f1": Upload("v5.pdf", 10, "application/pdf")})
    assert rules(found.mistakes) == []
    first, second = found.answers["vehicles"]  # type: ignore[misc]
    assert first["proof"][0]["name"] == "v5.pdf"  # type: ignore[index,call-overload]
    assert second["drivers"] == [{"driver": "Ann"}, {"driver": "Bo"}]  # type: ignore[index,call-overload]


def test_a_mistake_in_an_item_says_in_which() -> None:
    sent = {
        "vehicles.0.reg": "A1", "vehicles.0.electric": "yes", "vehicles.0.emissions": "much",
        "vehicles.1.reg": "B2", "vehicles.1.electric": "no", "vehicles.1.emissions": "much",
        "vehicles.2.reg": "C3", "vehicles.2.electric": "no", "vehicles.2.drivers.0.driver": "C3",
    }  # fmt: skip
    found = checked(form, "cars", sent, {"car": True})
    assert rules(found.mistakes) == [
        ("vehicles.1.emissions", "whole"),
        ("vehicles.2.emissions", "missing"),
        ("vehicles.2.drivers.0.driver", "must_1"),
    ]


def test_an_answer_that_cannot_be_read_leaves_the_old_one_and_the_rest() -> None:
    sent = {"birth.day": "31", "birth.month": "2", "birth.year": "1990"}
    found = checked(form, "born", sent, {"birth": "1990-02-28", "car": False}, facts=FACTS)
    assert rules(found.mistakes) == [("birth.day", "no_date")]
    assert found.answers == {"birth": "1990-02-28", "car": False}


def test_a_rule_of_the_form_is_told_in_both_languages() -> None:
    (wrong,) = checked(form, "born", {"birth": "2030-01-01"}, {}, facts=FACTS).mistakes
    assert (wrong.text.said("en"), wrong.text.said("cy")) == (
        "Your date of birth must be in the past",
        "Rhaid i'ch dyddiad geni fod yn y gorffennol",
    )
    (missing,) = checked(form, "born", {}, {}, facts=FACTS).mistakes
    assert (missing.text.en, missing.text.cy) == ("Enter your date of birth", "Rhowch eich dyddiad geni")


def test_the_first_page_that_wants_something_is_found() -> None:
    assert first_unanswered(form, {}, facts=FACTS) == "has_car"
    assert first_unanswered(form, {"car": True, "vehicles": TWO, "birth": "1990-01-01"}, facts=FACTS) == "many"
    assert first_unanswered(form, {"car": False, "birth": "2030-01-01"}, facts=FACTS) == "born"
    assert first_unanswered(form, {"car": False, "birth": "1990-01-01"}, facts=FACTS) is None


def test_answers_that_come_at_once_keep_the_same_rules() -> None:
    found = submitted(form, {"car": True, "vehicles": TWO[:1], "birth": "1990-01-01", "colour": "red"}, facts=FACTS)
    assert rules(found.mistakes) == [("colour", "unknown")]
    assert "colour" not in found.answers
    assert rules(submitted(form, {"car": False, "total": 9, "birth": "1990-01-01"}, facts=FACTS).mistakes) == [
        ("total", "unknown")
    ]


def test_check_answers_shows_what_counts() -> None:
    rows = summary(form, {"car": True, "vehicles": TWO})
    shown = [(row.question, row.answer.en if row.answer else None) for row in rows]
    assert ("vehicles.1.emissions", "90") in shown
    assert ("vehicles.0.emissions", "90") not in shown
    assert ("total", "2") in shown
    assert "source" not in dict(shown)
    assert rows[1].label.cy == "1: Rhif cofrestru"


def test_a_signature_stays_until_another_person_is_to_sign() -> None:
    signing = form_of("  first: {questions: {q: {type: signature, label: W}}}")
    before: dict[str, Any] = {"q": {"name": "Bo", "email": "bo@example.com", "signed_at": "2026-01-01T10:00:00Z"}}
    same = checked(signing, "first", {"q.name": "Bo", "q.email": "bo@example.com"}, before).answers["q"]
    other = checked(signing, "first", {"q.name": "Cy", "q.email": "bo@example.com"}, before).answers["q"]
    assert same == before["q"]
    assert other == {"name": "Cy", "email": "bo@example.com"}


def test_sections_say_how_far_they_are() -> None:
    text = f"""
name: {BOTH}
sections: {{one: {BOTH}, two: {BOTH}, three: {BOTH}}}
pages:
  a:
    section: one
    title: {BOTH}
    questions: {{x: {{type: yes_no, label: {BOTH}}}, y: {{type: yes_no, label: {BOTH}}}}}
  b: {{section: two, questions: {{z: {{type: yes_no, label: {BOTH}}}}}}}
  c: {{section: three, when: x, questions: {{w: {{type: yes_no, label: {BOTH}}}}}}}
"""
    made = opened(text.encode())
    assert [each.status for each in tasks(made, {})] == ["open", "open", "waiting"]
    assert [each.status for each in tasks(made, {"x": True, "z": True})] == ["begun", "done", "open"]


def test_a_form_is_compiled_once_for_each_content() -> None:
    text = f"name: {BOTH}\npages: {{a: {{questions: {{x: {{type: yes_no, label: {BOTH}}}}}}}}}"
    assert opened(text.encode()) is opened(text.encode())
    assert opened((text + " # a comment").encode()).version == opened(text.encode()).version


@pytest.mark.parametrize(
    "sent",
    [
        {f"x{number}": "1" for number in range(6_000)},
        {"vehicles" + ".0" * 40: "1"},
        {"a" * 400: "1"},
        {"vehicles.0.reg": ["x"] * 9_000},
        {"why": "x" * 300_000},
    ],
)
def test_what_no_browser_sends_is_refused(sent: dict[str, Any]) -> None:
    with pytest.raises(TooMuch):
        checked(form, "cars", sent, {"car": True})
