"""Decision tables: hit policies, defaults, and the lookup of plain cells."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from townhall.kernel.catalogue.decisions.columns import Cells
from townhall.kernel.catalogue.decisions.explaining import cell_in_words, explained
from townhall.kernel.catalogue.decisions.feel.expressions import Reader
from townhall.kernel.catalogue.decisions.feel.scopes import Scope
from townhall.kernel.catalogue.decisions.limits import Run
from townhall.kernel.catalogue.decisions.tests.modelling import table, yaml_engine

OVERLAPPING = """[["> 0", "1"], ["> 10", "2"], ["> 20", "2"]]"""
SORTED_OUTPUT = """[{name: out, values: ["3", "2", "1"]}]"""


@pytest.mark.parametrize(
    ("hit", "total", "number", "value"),
    [
        ("unique", "", 5, 1),
        ("unique", "", 15, None),
        ("any", "", 5, 1),
        ("any", "", 15, None),
        ("first", "", 25, 1),
        ("rule order", "", 25, [1, 2, 2]),
        ("collect", "", 15, [1, 2]),
        ("collect", "sum", 25, 5),
        ("collect", "min", 25, 1),
        ("collect", "max", 25, 2),
        ("collect", "count", 25, 3),
        ("first", "", 0, None),
        ("first", "", None, None),
    ],
)
def test_the_hit_policy_says_which_rules_count(hit: str, total: str, number: int | None, value: Any) -> None:
    assert table(hit, OVERLAPPING, total=total).decide("Out", {"n": number}).value == value


@pytest.mark.parametrize(("hit", "value"), [("priority", 2), ("output order", [2, 2, 1])])
def test_results_go_in_the_order_of_the_outputs_values(hit: str, value: Any) -> None:
    assert table(hit, OVERLAPPING, SORTED_OUTPUT).decide("Out", {"n": 25}).value == value


def test_the_default_comes_where_no_rule_applies() -> None:
    engine = table("unique", '[["> 10", "1"]]', '[{name: out, default: "0"}]')
    assert engine.decide("Out", {"n": 5}).value == 0


def test_several_outputs_make_a_context() -> None:
    engine = table("unique", """[["> 0", "1", '"a"']]""", "[fee, band]")
    assert engine.decide("Out", {"n": 5}).value == {"fee": 1, "band": "a"}


def test_two_unique_rules_that_apply_are_named() -> None:
    assert table("unique", OVERLAPPING).decide("Out", {"n": 15}).notes == ("rules 1, 2 all apply, and only one may",)


NUMBERS = st.integers(-4, 4).map(Decimal)
BOUND = st.one_of(
    st.tuples(st.sampled_from(["<", "<=", ">", ">=", ""]), NUMBERS).map(lambda pair: f"{pair[0]} {pair[1]}"),
    st.tuples(st.sampled_from("[("), NUMBERS, NUMBERS, st.sampled_from("])")).map(
        lambda four: f"{four[0]}{min(four[1:3])}..{max(four[1:3])}{four[3]}"
    ),
)
CELL = st.one_of(
    st.just("-"),
    st.just("null"),
    st.just('"a"'),
    st.lists(BOUND, min_size=1, max_size=3).map(", ".join),
    st.lists(BOUND, min_size=1, max_size=2).map(lambda tests: f"not({', '.join(tests)})"),
)


@example(["not(0)", "not(0, 1)", "not(< 0)", "-"], None)
@given(st.lists(CELL, min_size=1, max_size=6), st.one_of(NUMBERS, st.just("a"), st.none(), st.booleans()))
def test_looking_rules_up_finds_what_asking_each_cell_finds(texts: list[str], value: Any) -> None:
    made = [Reader().tests(text) for text in texts]
    cells, scope = Cells([each.node for each in made], [each.run for each in made]), Scope({"?": value}, Run())
    assert cells.satisfied(value, scope) == cells.asked(scope)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (">= 18", "at least 18"),
        ("[1..3]", "from 1 to 3"),
        ("(1..3]", "more than 1 and at most 3"),
        ('"a", "b"', "\u201ca\u201d or \u201cb\u201d"),
        ('not("a")', "anything but \u201ca\u201d"),
        ('< date("2026-04-01")', '< date("2026-04-01")'),
        ('< @"2026-04-01"', "before 1 April 2026"),
        ("true", "yes"),
        ("-", "anything"),
        ("> Limit.upper", "more than Limit's upper"),
        ("? * 2 > 3", "? * 2 > 3"),
    ],
)
def test_a_cell_is_told_in_words(text: str, words: str) -> None:
    assert cell_in_words(text) == words


def test_asking_for_a_trace_changes_no_outcome() -> None:
    engine = yaml_engine(
        """
        inputs: {n: number, kind: string}
        decisions:
          Out:
            table:
              hit: first
              inputs: [n, {value: kind, allowed: ['"a"', '"b"']}]
              outputs: [{name: out, default: "0"}]
              rules: [["> 10", '"a"', "1"]]
        """
    )
    given = {"n": 5, "kind": "none of those"}
    assert engine.decide("Out", given).value == engine.decide("Out", given, trace=True).value == 0


def test_the_trace_says_what_applies_and_why_not_the_rest() -> None:
    engine = yaml_engine(
        """
        inputs: {Age: number, Lives here: boolean}
        decisions:
          Badge:
            table:
              hit: first
              inputs: [Age, {value: Lives here, label: Lives in the borough}]
              outputs: [badge]
              rules:
                - {when: [">= 65", "true"], then: '"automatic"', why: People over 65 need no assessment}
                - ["-", "true", '"assessment"']
        """
    )
    told = explained(engine.decide("Badge", {"Age": 70, "Lives here": True}, trace=True).trace[0]).splitlines()
    assert told[:2] == [
        "Result: \u201cautomatic\u201d.",
        "Rule 1 applies: People over 65 need no assessment (Age is 70, Lives in the borough is yes).",
    ]
    told = explained(engine.decide("Badge", {"Age": 60, "Lives here": False}, trace=True).trace[0]).splitlines()
    assert "No rule applies." in told
    wants = "Age is 60, and it would have to be at least 65; Lives in the borough is no, and it would have to be yes"
    assert f"Rule 1 does not apply: {wants}." in told


def test_the_trace_speaks_welsh_and_leaves_english_what_has_no_welsh() -> None:
    engine = yaml_engine(
        """
        inputs: {Age: number, Lives here: boolean, Since: date}
        decisions:
          Badge:
            table:
              hit: first
              inputs:
                - {value: Age, label: {en: Age in years, cy: Oed mewn blynyddoedd}}
                - {value: Lives here, label: Lives in the borough}
                - Since
              outputs: [badge]
              rules:
                - {when: [">= 65", "true", "-"], then: '"automatic"', why: {en: Over 65, cy: Dros 65 oed}}
                - ["[18..64]", "-", '< @"2026-05-01"', '"assessment"']
        """
    )
    given = {"Age": 70, "Lives here": True, "Since": "2026-06-02"}
    told = explained(engine.decide("Badge", given, trace=True).trace[0], "cy").splitlines()
    age = "Oed mewn blynyddoedd: 70 (byddai angen: o 18 hyd at 64)"
    assert told == [
        "Canlyniad: \u201cautomatic\u201d.",
        "Mae rheol 1 yn gymwys: Dros 65 oed (Oed mewn blynyddoedd: 70, Lives in the borough: ie).",
        "Y rheol gyntaf sy'n gymwys sy'n cyfrif.",
        f"Nid yw rheol 2 yn gymwys: {age}; Since: 2 Mehefin 2026 (byddai angen: cyn 1 Mai 2026).",
    ]
