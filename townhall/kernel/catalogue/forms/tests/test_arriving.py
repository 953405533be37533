"""Answers that come whole from another system: what the schema says of them is what the engine does with them."""

from typing import Any

import jsonschema_rs
import pytest

from townhall.kernel.catalogue.forms.engine import Upload, arrived
from townhall.kernel.catalogue.forms.kinds import KINDS
from townhall.kernel.catalogue.forms.schema import schema_of
from townhall.kernel.catalogue.forms.tests.making import form_of, one, rules

COLOURS = "options: {red: {en: Red, cy: Coch}, blue: {en: Blue, cy: Glas}, none: {en: None, cy: Dim}}"
PLAN = {"file": "a1", "name": "plan.pdf", "size": 2_000, "type": "application/pdf"}
UPLOADS = {"a1": Upload("plan.pdf", 2_000, "application/pdf")}
HOME = {"line_1": "1 High St", "town": "Northmere", "postcode": "AA3 1AB"}
BANK = {"account_name": "A Lee", "sort_code": "309430", "account_number": "00733445"}
SIGNER = {"name": "Bo Lee", "email": "bo@example.com"}
SPOT: dict[str, Any] = {"latitude": 52.5, "longitude": -1.25}
TABLE: list[tuple[str, Any, list[Any]]] = [
    ("type: yes_no", True, ["yes", 1, None]),
    ("type: declaration", True, [False, "true", None]),
    (f"type: radios, {COLOURS}", "red", ["green", 1, ["red"], None]),
    (f"type: select, {COLOURS}", "blue", ["Blue", 1, None]),
    (f"type: checkboxes, none: none, {COLOURS}", ["red", "blue"],
     ["red", [], ["green"], ["red", "red"], ["none", "red"]]),
    (f"type: matrix, rows: {{bins: W, enum: W}}, {COLOURS}", {"bins": "red", "enum": "blue"},
     [{"bins": "red"}, {"bins": "red", "enum": "green"}, {"bins": "red", "enum": "blue", "more": "red"}, "red"]),
    ("type: date", "2026-03-01", ["1 March 2026", "2026-13-01", "1799-01-01", 20260301]),
    ("type: number, min: 1, max: 9", 3, [0, 10, 1.5, "3", True, 10**400]),
    ("type: money", 12.5, ["12.50", 10**15, None]),
    ("type: text, max: 5", "abc", ["", "abcdef", 1, ["abc"]]),
    ("type: long_text, min: 3", "a\nb", ["ab", 3]),
    ("type: email", "ann@example.com", ["ann", "ann@", 1]),
    ("type: phone", "+44 808 157 0192", ["12", "call me", 448081570192]),
    ("type: ni_number", "AB123456C", ["ab123456c", "GB123456C"]),
    ("type: address", HOME, [HOME | {"postcode": "aa31ab"}, {"line_1": "1"}, HOME | {"planet": "Mars"}, "1 High St"]),
    ("type: bank_details", BANK, [BANK | {"sort_code": "30-94-30"}, {"account_name": "A Lee"}]),
    ("type: signature", SIGNER, [SIGNER | {"signed_at": "2026-01-01T00:00:00Z"}, {"name": "Bo Lee"}]),
    ("type: place", SPOT | {"description": "There"},
     [{"latitude": 91, "longitude": 0}, {"latitude": "52.5", "longitude": 0}]),
    ("type: files", [PLAN], [[], ["a1"], [PLAN | {"type": "video/mp4"}], [PLAN | {"path": "/etc"}], PLAN]),
    ("type: group, min: 1, max: 2, questions: {x: {type: yes_no, label: W}}", [{"x": True}],
     [[], [{}], [{"x": 1}], [{"y": 1}], [{"x": True}] * 3, {"x": True}]),
]  # fmt: skip


@pytest.mark.parametrize(("question", "good", "bad"), TABLE, ids=lambda each: each if isinstance(each, str) else "")
def test_the_schema_takes_and_refuses_what_the_engine_takes_and_refuses(
    question: str, good: Any, bad: list[Any]
) -> None:
    form = one(question)
    schema = schema_of(form)
    assert jsonschema_rs.meta.is_valid(schema)
    found = arrived(form, {"q": good}, uploads=UPLOADS)
    assert (rules(found.mistakes), found.answers) == ([], {"q": good})
    assert jsonschema_rs.is_valid(schema, {"q": good})
    for each in bad:
        assert arrived(form, {"q": each}, uploads=UPLOADS).mistakes, each
        assert not jsonschema_rs.is_valid(schema, {"q": each}), each


def test_every_kind_that_is_asked_is_in_the_table() -> None:
    assert {question.split(",")[0].removeprefix("type: ") for question, _good, _bad in TABLE} == {
        name for name in KINDS if name not in {"calculated", "hidden"}
    }


def test_options_and_rows_stand_in_the_schema_in_the_language_asked_for() -> None:
    form = one(f"type: matrix, rows: {{bins: {{en: Bins, cy: Biniau}}}}, {COLOURS}")
    row = schema_of(form, "cy")["properties"]["q"]["properties"]["bins"]
    assert (row["title"], row["oneOf"][0]) == ("Biniau", {"const": "red", "title": "Coch"})
    assert schema_of(form)["properties"]["q"]["properties"]["bins"]["oneOf"][1]["title"] == "Blue"


CARS = """
  a: {questions: {car: {type: yes_no, label: W}}}
  b:
    title: W
    when: car
    questions:
      doors: {type: number, label: W}
      trips: {type: group, max: 9, label: W, questions: {
        far: {type: yes_no, label: W}, miles: {type: number, when: far, label: W},
        twice: {type: calculated, label: W, value: miles * 2}}}
      all: {type: calculated, label: W, value: doors + 1}
"""


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({"car": False}, []),
        ({"car": True, "doors": 4, "trips": [{"far": True, "miles": 9}]}, []),
        ({"car": False, "doors": 4}, [("doors", "unasked")]),
        ({"car": False, "trips": [{"far": True}]}, [("trips", "unasked")]),
        ({"car": True, "doors": 4, "trips": [{"far": False, "miles": 9}]}, [("trips.0.miles", "unasked")]),
        ({"car": True, "doors": 4, "trips": [{"far": False, "twice": 9}]}, [("trips.0.twice", "unknown")]),
        ({"car": True, "doors": 4, "trips": [{"far": False, "miles": None}]}, [("trips.0.miles", "shape")]),
        ({"car": False, "all": 5}, [("all", "unknown")]),
        ({"car": False, "miles": 5}, [("miles", "unknown")]),
        ({"car": False, "colour": "red"}, [("colour", "unknown")]),
    ],
)
def test_an_answer_that_would_be_left_out_is_named(answers: dict[str, Any], wrong: list[tuple[str, str]]) -> None:
    assert rules(arrived(form_of(CARS), answers, uploads={}).mistakes) == wrong


@pytest.mark.parametrize("changed", [{"file": "b2"}, {"name": "other.pdf"}, {"size": 1}, {"type": "image/png"}])
def test_a_file_is_one_of_the_sender_s_and_is_what_it_is_said_to_be(changed: dict[str, Any]) -> None:
    found = arrived(one("type: files"), {"q": [PLAN | changed]}, uploads=UPLOADS)
    assert rules(found.mistakes) == [("q", "files_unknown")]


def test_half_a_letter_in_the_words_about_a_place_is_refused() -> None:
    found = arrived(one("type: place"), {"q": SPOT | {"description": "\ud800"}}, uploads={})
    assert rules(found.mistakes) == [("q.description", "shape")]
