"""The functions that everyone has, by the examples of DMN 1.5, 10.3.4, and with what they do not take."""

import pytest

from townhall.kernel.catalogue.decisions.tests.feeling import shown


def check(text: str, value: str) -> None:
    """An expression is written so."""
    assert shown(text) == value, text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('number("1 000,0", " ", ",")', "1000.0"),
        ('number("1,000.0", ",", ".")', "1000.0"),
        ('number("1.000,0", ".", ".")', "null"),
        ("string(1.1)", '"1.1"'),
        ("string(null)", "null"),
        ('string([1, "a", {b: 2}])', '"[1, \\"a\\", {b: 2}]"'),
        ('substring("foobar", 3)', '"obar"'),
        ('substring("foobar", 3, 3)', '"oba"'),
        ('substring("foobar", -2, 1)', '"a"'),
        ('substring("foobar", 0)', "null"),
        (r'substring("\U01F40Eab", 2)', '"ab"'),
        ('string length("foo")', "3"),
        ('upper case("aBc4")', '"ABC4"'),
        ('substring before("foobar", "bar")', '"foo"'),
        ('substring before("foobar", "xyz")', '""'),
        ('substring after("foobar", "ob")', '"ar"'),
        ('substring after("", "a")', '""'),
        ('contains("foobar", "of")', "false"),
        ('contains(["foobar"], "of")', "false"),
        ('starts with("foobar", "fo")', "true"),
        ('split("John Doe", "\\s")', '["John", "Doe"]'),
        ('split("a;b;c;;", ";")', '["a", "b", "c", "", ""]'),
        ('string join(["a", null, "c"], "X")', '"aXc"'),
        ('string join([], "X")', '""'),
        ("string join([1, 2])", "null"),
    ],
)
def test_texts(text: str, value: str) -> None:
    check(text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('matches("foobar", "^fo*b")', "true"),
        ('replace("banana", "a", "o")', '"bonono"'),
        ('replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', '"[1=ab][2=]cd"'),
        ('replace("abc", "x*", "y")', "null"),
        ('matches("a", "[")', "null"),
        ('matches("a", "(a)\\2")', "null"),
        ('matches("O", "[A-Z-[OI]]", "i")', "false"),
        ('matches("hello world", " hello[ ]world", "x")', "true"),
        ('matches("a.b", "a.b", "q")', "true"),
        ('matches("aXb", "a.b", "q")', "false"),
        ('matches("a", "a", "z")', "null"),
    ],
)
def test_patterns_are_those_of_xpath(text: str, value: str) -> None:
    check(text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("list contains([1, 2, 3], 2)", "true"),
        ("list contains([1, null], null)", "true"),
        ("count([1, [2, 3]])", "2"),
        ("count(null)", "null"),
        ("min([1, 2, 3])", "1"),
        ("max(1, 2, 3)", "3"),
        ("max([])", "null"),
        ('max(["a", 1])', "null"),
        ("sum([])", "null"),
        ("sum(1, 2, 3)", "6"),
        ("mean([1, 2, 3])", "2"),
        ("all([false, null, true])", "false"),
        ("all([])", "true"),
        ("all(0)", "null"),
        ("any([false, null, true])", "true"),
        ("any([])", "false"),
        ("sublist([4, 5, 6], 1, 2)", "[4, 5]"),
        ("sublist([4, 5, 6], -2)", "[5, 6]"),
        ("sublist([4, 5, 6], 3, 2)", "null"),
        ("append([1], 2, 3)", "[1, 2, 3]"),
        ("concatenate([1, 2], [3])", "[1, 2, 3]"),
        ("insert before([1, 3], 1, 2)", "[2, 1, 3]"),
        ("insert before([1, 3], 3, 2)", "null"),
        ("remove([1, 2, 3], 2)", "[1, 3]"),
        ("list replace([2, 4, 7, 8], 3, 6)", "[2, 4, 6, 8]"),
        ("list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5)", "[5, 5, 7, 8]"),
        ("reverse([1, 2, 3])", "[3, 2, 1]"),
        ("index of([1, 2, 3, 2], 2)", "[2, 4]"),
        ("union([1, 2], [2, 3])", "[1, 2, 3]"),
        ("distinct values([1, 2, 3, 2, 1])", "[1, 2, 3]"),
        ("flatten([[1, 2], [[3]], 4])", "[1, 2, 3, 4]"),
        ("product([2, 3, 4])", "24"),
        ("median(8, 2, 5, 3, 4)", "4"),
        ("median([6, 1, 2, 3])", "2.5"),
        ("stddev(2, 4, 7, 5)", "2.081665999466132735282297706979931"),
        ("stddev([47])", "null"),
        ("mode([6, 1, 9, 6, 1])", "[1, 6]"),
        ("mode([])", "[]"),
        ("sort(list: [3, 1, 4, 5, 2], precedes: function(x, y) x < y)", "[1, 2, 3, 4, 5]"),
    ],
)
def test_lists(text: str, value: str) -> None:
    check(text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("decimal(1/3, 2)", "0.33"),
        ("decimal(1.5, 0)", "2"),
        ("decimal(2.5, 0)", "2"),
        ("floor(1.5)", "1"),
        ("floor(-1.56, 1)", "-1.6"),
        ("ceiling(-1.56, 1)", "-1.5"),
        ("round up(-5.5, 0)", "-6"),
        ("round up(1.121, 2)", "1.13"),
        ("round down(-1.126, 2)", "-1.12"),
        ("round half up(5.5, 0)", "6"),
        ("round half down(-1.126, 2)", "-1.13"),
        ("round up(1, 7000)", "null"),
        ("abs(-10)", "10"),
        ('abs(@"-PT5H")', "PT5H"),
        ("modulo(-12, 5)", "3"),
        ("modulo(10.1, -4.5)", "-3.4"),
        ("modulo(1, 0)", "null"),
        ("sqrt(16)", "4"),
        ("sqrt(-1)", "null"),
        ("decimal(log(10), 8)", "2.30258509"),
        ("log(0)", "null"),
        ("decimal(exp(5), 8)", "148.41315910"),
        ("exp(100000)", "null"),
        ("odd(5)", "true"),
        ("even(5)", "false"),
    ],
)
def test_numbers(text: str, value: str) -> None:
    check(text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("before(1, (1..10])", "true"),
        ("before([1..10), [10..20])", "true"),
        ("after((11..20], [1..11])", "true"),
        ("meets([1..5], (5..10])", "false"),
        ("met by([5..10], [1..5])", "true"),
        ("overlaps([1..5], [5..8])", "true"),
        ("overlaps([1..5), [5..8])", "false"),
        ("overlaps before([1..5), (1..5])", "true"),
        ("overlaps after((1..5], [1..5))", "true"),
        ("finishes([5..10], [1..10])", "true"),
        ("finished by([1..10], 10)", "true"),
        ("includes([1..10], (1..10])", "true"),
        ("during(10, [1..10))", "false"),
        ("starts((1..5], [1..10])", "false"),
        ("started by([1..10], [1..10))", "true"),
        ("coincides((1..5), [1..5])", "false"),
        ("before(range: [1..5], point: 6)", "true"),
        ("before(1, null)", "null"),
        ('before(1, "a")', "null"),
        ('range("[18..21)")', "[18..21)"),
        ('range("[2..)")', ">= 2"),
        ('range("(..2)")', "< 2"),
        ('range("[..]")', "null"),
        ('range("")', "null"),
    ],
)
def test_ranges_lie_to_one_another(text: str, value: str) -> None:
    check(text, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('get value({key1: "value1"}, "key1")', '"value1"'),
        ('get value({a: {b: 1}}, ["a", "b"])', "1"),
        ("get entries({a: 1})", '[{key: "a", value: 1}]'),
        ('context([{key: "a", value: 1}, {key: "b", value: 2}])', "{a: 1, b: 2}"),
        ('context put({x: 1}, "y", 2)', "{x: 1, y: 2}"),
        ('context put({x: 1, y: {a: 0}}, ["y", "a"], 2)', "{x: 1, y: {a: 2}}"),
        ("context put({x: 1}, [], 2)", "null"),
        ("context merge([{x: 1}, {x: 2, y: 3}])", "{x: 2, y: 3}"),
        ('is(@"23:00:50Z", @"23:00:50+00:00")', "true"),
        ('is(@"23:00:50Z", @"23:00:50")', "false"),
    ],
)
def test_contexts(text: str, value: str) -> None:
    check(text, value)
