"""The JSON Schema of a form keeps the rules that the server keeps, as far as a schema can say them."""

from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings

from townhall.kernel.catalogue.forms.engine import submitted
from townhall.kernel.catalogue.forms.model import Form
from townhall.kernel.catalogue.forms.schema import schema_of
from townhall.kernel.catalogue.forms.tests.generating import cases
from townhall.kernel.catalogue.forms.tests.making import form_of

OF_TYPES = {"shape", "option", "too_long", "too_large", "too_small", "items_many", "unknown"}
FACTS = {"today": "2026-04-01"}
CARS = """
  a: {questions: {car: {type: yes_no, label: W}}}
  b: {when: car, questions: {doors: {type: number, min: 1, max: 9, label: W}}}
  c: {when: doors > 4, questions: {why: {type: text, max: 5, label: W}}}
  d: {when: string length(why) > 2, questions: {more: {type: text, label: W}}}
"""
form = form_of(CARS)


def fits(made: Form, answers: dict[str, Any]) -> bool:
    """Whether answers fit the schema."""
    return jsonschema_rs.Draft202012Validator(schema_of(made)).is_valid(answers)


@pytest.mark.parametrize(
    ("answers", "is_valid"),
    [
        ({"car": False}, True),
        ({}, False),
        ({"car": "yes"}, False),
        ({"car": True}, False),
        ({"car": True, "doors": 4}, True),
        ({"car": True, "doors": 0}, False),
        ({"car": True, "doors": 5}, False),
        ({"car": True, "doors": 5, "why": "big"}, True),
        ({"car": True, "doors": 5, "why": "bigger"}, False),
        ({"car": False, "doors": 5}, True),
        ({"car": False, "colour": "red"}, False),
    ],
)
def test_a_schema_says_what_is_asked(answers: dict[str, Any], is_valid: bool) -> None:
    assert fits(form, answers) is is_valid


def test_a_schema_is_one() -> None:
    assert jsonschema_rs.meta.is_valid(schema_of(form))
    assert schema_of(form)["properties"]["doors"]["type"] == "integer"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases())
def test_answers_that_the_server_takes_fit_the_schema_and_those_of_a_wrong_kind_do_not(
    drawn: tuple[Form, list[dict[str, Any]]],
) -> None:
    made, several = drawn
    for answers in several:
        found = submitted(made, answers, facts=FACTS)
        counting = {name: value for name, value in found.answers.items() if not made.questions[name].is_computed}
        wrong = [each for each in found.mistakes if not each.rule.startswith("must_")]
        if not wrong and not has_computed_items(made):
            assert fits(made, counting)
        if any(each.rule in OF_TYPES for each in found.mistakes):
            assert not fits(made, answers)
        if any(each.rule in OF_TYPES for each in wrong):
            assert not fits(made, {name: answers[name] for name in counting})


def has_computed_items(made: Form) -> bool:
    """Whether a group holds a computed value, which the server adds to each item."""
    return any(each.is_computed and each.group for each in made.questions.values())
