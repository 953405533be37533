"""Hostile texts and files end in a clear error, and soon."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from townhall.kernel.catalogue.decisions.dmn import read_dmn
from townhall.kernel.catalogue.decisions.feel.errors import FeelError
from townhall.kernel.catalogue.decisions.feel.functions import BUILTINS
from townhall.kernel.catalogue.decisions.feel.tokens import KEYWORDS
from townhall.kernel.catalogue.decisions.limits import DEFAULT, LimitReached, Limits
from townhall.kernel.catalogue.decisions.model import ModelError
from townhall.kernel.catalogue.decisions.tests.feeling import cell, feel
from townhall.kernel.catalogue.decisions.tests.modelling import yaml_model

TOWER = [f"a{number}: [a{number - 1}, a{number - 1}]" for number in range(1, 41)]
"""Lists of lists: each line doubles what there is to go through."""
SMALL = Limits(steps=20_000, length=10_000, pattern_seconds=0.05)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("for i in 1..1000000000 return i", "steps"),
        ("count(for i in 1..1000, j in 1..1000 return 1)", "steps"),
        ("some i in 1..1000000000 satisfies i < 0", "steps"),
        ("{f: function(x) f(x), r: f(1)}.r", "deep"),
        ('{d: function(s, n) if n = 0 then s else d(s + s, n - 1), r: d("abcdefgh", 30)}.r', "longer"),
        ("{d: function(s, n) if n = 0 then s else d(concatenate(s, s), n - 1), r: d([1], 40)}.r", "longer|steps"),
        ('matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a|aa)+$")', "too long"),
        (f"{{{', '.join(['a0: [1, 1]', *TOWER])}, r: a40 = a40}}.r", "steps"),
        (f"{{{', '.join(['a0: [1, 1]', *TOWER])}, r: string(a40)}}.r", "steps"),
        ('count(for i in 1..9000 return matches("aaaaaaaaaaaaaaaaaa!", "^(a|aa)+$"))', "too long|steps"),
        ("distinct values(for i in 1..2000 return i)", "steps"),
    ],
)
def test_a_hostile_expression_meets_a_limit_that_says_which(text: str, says: str) -> None:
    with pytest.raises(LimitReached, match=says):
        feel(text, SMALL)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5000,
        "(" * 5000,
        "-" * 5000 + "1",
        "[1.." * 60,
        "if " * 5000,
        "not(" * 3000,
        '{"a":' * 3000,
        "1" + " + 1" * 60_000,
        "x" * 300_000,
        "function() " * 500 + "1",
        "list<" * 500,
        "1 instance of " + "list<" * 500,
    ],
)
def test_a_hostile_text_is_refused(text: str) -> None:
    with pytest.raises((FeelError, LimitReached)):
        feel(text)


WORDS = [
    *KEYWORDS,
    *BUILTINS,
    *"()[]{}.,:@<>=+-*/?",
    "..",
    "**",
    "<=",
    "!=",
    "1",
    ".5",
    '"a"',
    '"',
    "x",
    "item",
    '@"P1D"',
]


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)))
@example("@")
@example("{")
def test_no_text_makes_anything_but_a_value_or_an_error_of_its_own(text: str) -> None:
    for run in (lambda: feel(text, SMALL, x=1), lambda: cell(text, 1, x=None)):
        try:
            run()
        except (FeelError, LimitReached):
            continue


BOMB = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><definitions>&b;</definitions>'


@pytest.mark.parametrize(
    "content",
    [
        BOMB,
        '<!DOCTYPE d SYSTEM "file:///etc/passwd"><definitions/>',
        "<definitions/>",
        "<definitions",
        "",
        "<a>" * 1000,
        "\x00",
    ],
)
def test_a_hostile_document_is_refused(content: str) -> None:
    with pytest.raises(ModelError):
        read_dmn(content.encode(), "hostile.dmn", DEFAULT)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_no_yaml_makes_anything_but_a_model_or_an_error_of_its_own(text: str) -> None:
    try:
        yaml_model(text)
    except ModelError:
        return


@pytest.mark.parametrize("text", ["[" * 3000, "{a: " * 3000, "- " * 3000, "a: &x [*x]"])
def test_a_deep_yaml_is_refused(text: str) -> None:
    with pytest.raises(ModelError):
        yaml_model(text)
