"""FEEL by its published examples: DMN 1.5, 10.3.1 to 10.3.2."""

import pytest

from townhall.kernel.catalogue.decisions.feel.errors import FeelError
from townhall.kernel.catalogue.decisions.tests.feeling import cell, feel, note, shown


def expect(text: str, value: str) -> None:
    """An expression has the value of another, or is written so."""
    assert shown(text) == value, text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 3/2*2 - 2**3", "-4.0"),
        ("-3 ** 2", "9"),
        ("3 ** 4 ** 5", "3486784401"),
        ("10 - 2 - 3", "5"),
        ("1/3", "0.3333333333333333333333333333333333"),
        (".25 + .2", "0.45"),
        ("1.0*10**3", "1000.0"),
        ("1.2e3 + 5E-1", "1200.5"),
        (".5e+1", "5"),
        ("1e6000 * 1e6000", "null"),
        ('number("-2.5e2")', "-250"),
        ("1 / 0", "null"),
        ("-(2 + 3)", "-5"),
        ('"a" + "b"', '"ab"'),
        ('"a" - "b"', "null"),
        ('1 + "1"', "null"),
        ("null + 1", "null"),
    ],
)
def test_arithmetic_binds_as_the_grammar_says(text: str, value: str) -> None:
    expect(text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true and null", "null"),
        ("false and null", "false"),
        ("null or true", "true"),
        ('"x" or false', "null"),
        ("not(null)", "null"),
        ("1 = 1.000", "true"),
        ('1 = "1"', "null"),
        ("null = null", "true"),
        ("1 = null", "false"),
        ("[1, 2] = [1, 2]", "true"),
        ("[1, 2] = [2, 1]", "false"),
        ("{a: 1, b: 2} = {b: 2, a: 1}", "true"),
        ('"abc" < "abd"', "true"),
        ("1 < null", "null"),
        ("5 between 1 and 5", "true"),
        ("5 between 1 and null", "null"),
        ("[1..10] = [1..10]", "true"),
        ('@"2021-01-01" < @"2021-01-02"', "true"),
        ('@"10:00:00+01:00" = @"09:00:00Z"', "true"),
        ('@"2021-01-01" = @"2021-01-01T00:00:00"', "null"),
    ],
)
def test_truth_has_three_values(text: str, value: str) -> None:
    expect(text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5 in (<= 5)", "true"),
        ("5 in ((5..10])", "false"),
        ("5 in ([5..10])", "true"),
        ("5 in (4, 5, 6)", "true"),
        ("5 in (< 5, > 5)", "false"),
        ("5 in [1..5[", "false"),
        ("5 in ]4..6[", "true"),
        ("1 in [[2..4], [1..3]]", "true"),
        ("1 in []", "false"),
        ('@"2012-12-31" in (@"2012-12-25"..@"2013-02-14")', "true"),
        ("[1..10].start", "1"),
        ("(> 10).start included", "false"),
        ("(<= 10).end", "10"),
        ("[10..1]", "null"),
        ("[1..10[", "[1..10)"),
    ],
)
def test_ranges_hold_what_is_between_their_ends(text: str, value: str) -> None:
    expect(text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[1, 2, 3, 4][item > 2]", "[3, 4]"),
        ("[{x: 1, y: 2}, {x: 2, y: 3}][x = 1]", "[{x: 1, y: 2}]"),
        ("[{x: 1, y: 2}, {x: null, y: 3}][x < 2]", "[{x: 1, y: 2}]"),
        ("[{x: 1, y: 2}, {x: 2, y: 3}].y", "[2, 3]"),
        ("[{item: 1}, {item: 2}][item >= 2]", "[{item: 2}]"),
        ("[1, 2, 3][1]", "1"),
        ("[1, 2, 3][-1]", "3"),
        ("[1, 2, 3][4]", "null"),
        ("[[1, 2], [3]][2][1]", "3"),
        ("3[item > 2]", "[3]"),
        ("null[1]", "null"),
        ("{a: {b: 1}}.a.b", "1"),
        ("{first name: 1, last-name: first name + 1}.last-name", "2"),
        ("{a: 1, a: 2}", "null"),
        ("{f: function(x) x + 1, r: f(1)}.r", "2"),
    ],
)
def test_lists_are_filtered_and_contexts_looked_into(text: str, value: str) -> None:
    expect(text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("for i in 0..4 return if i = 0 then 1 else i * partial[-1]", "[1, 1, 2, 6, 24]"),
        ("for i in 4..2 return i", "[4, 3, 2]"),
        ("for i in [1, 2], j in [3, 4] return i * j", "[3, 4, 6, 8]"),
        ("for i in [1, 2], j in [i, 5] return j", "[1, 5, 2, 5]"),
        ("for i in [1..3] return i", "[1, 2, 3]"),
        ('for d in @"2024-02-28"..@"2024-03-01" return d', "[2024-02-28, 2024-02-29, 2024-03-01]"),
        ("for i in null return i", "null"),
        ("some x in [1, 2] satisfies x > 1", "true"),
        ("every x in [1, 2] satisfies x > 1", "false"),
        ("every x in [] satisfies false", "true"),
        ("some x in [1, null] satisfies x > 1", "null"),
        ("if null then 1 else 2", "2"),
        ("if 1 < 2 then 1 else 2", "1"),
    ],
)
def test_loops_and_conditions(text: str, value: str) -> None:
    expect(text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[123] instance of list<number>", "true"),
        ("[1, null] instance of list<number>", "true"),
        ('"abc" instance of string', "true"),
        ("123 instance of list", "null"),
        ("123 instance of nonsense", "null"),
        ("null instance of Any", "false"),
        ("null instance of Null", "true"),
        ("{a: 1, b: 2} instance of context<a: number>", "true"),
        ("[1..2] instance of range<number>", "true"),
        ("(function(a: number) 1) instance of function<number> -> number", "true"),
        ('@"P1D" instance of days and time duration', "true"),
        ('@"2021-01-01" instance of date and time', "false"),
    ],
)
def test_types_form_a_lattice(text: str, value: str) -> None:
    expect(text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("(function(a: string) a)(1)", "null"),
        ('(function(a: string) a)(["x"])', '"x"'),
        ("(function(a, b) a - b)(b: 1, a: 3)", "2"),
        ("(function(a, b) a)(1)", "null"),
        ("(function(a) a)(c: 1)", "null"),
        ("nowhere(1)", "null"),
        ('(function(a) external {java: {class: "x"}})(1)', "null"),
    ],
)
def test_functions_take_what_they_say(text: str, value: str) -> None:
    expect(text, value)


def test_the_longest_name_in_scope_wins() -> None:
    values = {"a": 1, "b": 2, "a-b": 10, "profit and loss": 7, "profit": True, "loss": False}
    assert shown("a-b", **values) == "10"
    assert shown("(a)-(b)", a=feel("3"), b=feel("2"), **{"a-b": 1}) == "1"
    assert shown("profit  and loss", **values) == "7"


def test_an_input_called_date_does_not_hide_the_function() -> None:
    assert shown('date("2026-04-01") > date', date=feel('@"2026-03-31"')) == "true"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'"\u0041"', '"A"'),
        (r'string length("\U01F40E")', "1"),
        (r'string length("\ud83d\udc0e")', "1"),
        (r'"\s"', r'"\\s"'),
        (r'"a\"b"', r'"a\"b"'),
        ("1 /* one */ + // and\n 2", "3"),
    ],
)
def test_texts_have_escapes_and_comments_are_passed_over(text: str, value: str) -> None:
    expect(text, value)


@pytest.mark.parametrize(
    ("text", "value", "satisfied"),
    [
        ("-", None, True),
        ("", 1, True),
        ("null", None, True),
        ('"a", "b"', "b", True),
        ('not("a", "b")', "c", True),
        ('not("a", "b")', "b", False),
        ('starts with(?, "x")', "xy", True),
        ("? = null or ? > 1", None, True),
        ('["a", "b"]', "a", True),
        ("true", True, True),
        ("> 1", "a", None),
        ("> 1", None, None),
    ],
)
def test_a_cell_tests_its_input(text: str, value: object, satisfied: bool | None) -> None:
    assert cell(text, value) is satisfied


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('"abc', "does not end"),
        ("1 +", "missing"),
        ("(1", "missing"),
        ("for x in [1]", "'return' is missing"),
        ('@"foo"', "no date"),
        ("a $ b", "means nothing"),
        ("f(a: 1, 2)", "named"),
        ("1 2", "cannot stand here"),
        ("1e", "cannot stand here"),
        ("1e999999", "too large"),
        ("(" * 200 + "1" + ")" * 200, "nested"),
    ],
)
def test_a_text_that_is_not_feel_is_refused_in_words(text: str, says: str) -> None:
    with pytest.raises(FeelError, match=says):
        feel(text)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1/0", "divided by 0"),
        ('date("2021-02-30")', "no such day"),
        ("{a: 1}.b", "no 'b'"),
        ("substring(1, 2)", "'string' is no string"),
    ],
)
def test_null_comes_with_its_reason(text: str, says: str) -> None:
    assert says in note(text)
