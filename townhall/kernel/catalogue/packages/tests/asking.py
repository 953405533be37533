"""Forms at random, sound ones: questions of every kind, with conditions that fit what was asked before."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from hypothesis import strategies as st

from townhall.kernel.catalogue.forms.model import Form, Question
from townhall.kernel.catalogue.forms.tests.generating import VALUES

WORDS = {"en": "Words", "cy": "Geiriau"}
OPTIONS = {"red": WORDS, "blue": WORDS, "none": WORDS}
FILE = {"file": "abc", "name": "a.pdf", "size": 10, "type": "application/pdf"}
ADDRESS = {"line_1": "1 High St", "town": "Northmere", "postcode": "NM2 6RD"}
BANK = {"account_name": "A Begum", "sort_code": "112233", "account_number": "12345678"}
MOST_DEEP = 2


class Kind(NamedTuple):
    """A kind of question: how a file has it, right answers, conditions and rules about one; `{}` is its name."""

    own: dict[str, Any]
    right: list[Any]
    conditions: list[str]
    musts: list[str] = []


TEXTS = ["{} != null", '{} = "red"', "string length({}) > 3", '{} in ("red", "blue")']
KINDS: dict[str, Kind] = {
    "text": Kind({"max": 12}, ["red", "a few words", "zeta"], TEXTS, ["string length({}) > 2"]),
    "long_text": Kind({"max": 40, "min": 2}, ["two\nlines", "red"], TEXTS),
    "number": Kind(
        {"decimals": 2, "min": -5, "max": 50}, [0, 1, 2.5, 49.99, -5],
        ["{} > 1", "{} in [1..20)", "{} between 0 and 3", "{} * 2 - 1 >= 3", "not({} = 1)"], ["{} < 49", "{} != 1"],
    ),
    "money": Kind({"min": 0}, [0, 12.5, 0.01, 300], ["{} >= 12.50", "{} + 0.20 > 1", "{} in (0, > 100)"]),
    "date": Kind(
        {}, ["2026-03-31", "2000-02-29", "1999-12-31"],
        ["{} <= today", '{} > date("2000-01-01")', "{}.year = 2000", '{} in [date("1999-01-01")..today]'],
        ["{} <= today"],
    ),
    "yes_no": Kind({}, [True, False], ["{} = true", "{}", "not({})", "if {} then true else false"]),
    "radios": Kind({"options": OPTIONS}, ["red", "blue"], ['{} = "red"', '{} != "blue"', '{} in ("red", "none")']),
    "select": Kind({"options": OPTIONS}, ["blue", "none"], ['{} = "blue"', '{} in ("red", "none")']),
    "checkboxes": Kind(
        {"options": OPTIONS, "none": "none", "max": 2}, [["red"], ["blue", "red"], ["none"]],
        ['list contains({}, "red")', "count({}) > 1", '"blue" in {}'],
    ),
    "matrix": Kind(
        {"options": OPTIONS, "rows": {"first": WORDS, "second": WORDS}},
        [{"first": "red", "second": "blue"}, {"first": "blue", "second": "blue"}], ['{}.first = "red"'],
    ),
    "address": Kind({}, [ADDRESS], ['{}.town = "Northmere"', "{}.postcode != null", "{}.county = null"]),
    "place": Kind({}, [{"latitude": 54.1, "longitude": -2.5}], ["{}.latitude > 54"]),
    "files": Kind({"max": 2}, [[FILE], [FILE, FILE | {"file": "def"}]], ["count({}) > 1", "{} != null"]),
    "email": Kind({}, ["a@example.com"], ["{} != null"]),
    "phone": Kind({}, ["01234 567890"], ["{} != null"]),
    "ni_number": Kind({}, ["QQ123456C".replace("QQ", "AB")], ["{} != null"]),
    "bank_details": Kind({}, [BANK], ['{}.sort_code = "112233"']),
    "declaration": Kind({}, [True], ["{} = true"]),
    "signature": Kind({}, [{"name": "Sam Rees", "email": "sam@example.com"}], ["{}.email != null"]),
}  # fmt: skip
GROUP = ["count({}) > 1", "{} != null", "some one in {} satisfies one != null"]
COMPUTED = ["{}", "{} = true", "not({})"]


class Asked(NamedTuple):
    """A question that was asked: its name, its kind, and what can be said of it."""

    name: str
    kind: str
    conditions: list[str]


def about(known: Sequence[Asked]) -> st.SearchStrategy[str]:
    """A condition about what was asked: one thing, or two of them together."""
    one = st.sampled_from([held.format(each.name) for each in known for held in each.conditions])
    two = st.tuples(one, st.sampled_from(["and", "or"]), one).map(lambda each: "({}) {} ({})".format(*each))
    return st.one_of(one, one, two)


@st.composite
def question(draw: st.DrawFn, name: str, known: Sequence[Asked], depth: int) -> tuple[Asked, dict[str, Any]]:
    """A question, and how a file has it: of any kind, a group of others, or a value that follows from others.

    Signatures stand in no group.
    """
    apart = [each for each in KINDS if not depth or each != "signature"]
    kinds = [*apart, *(["group"] * 3 if depth < MOST_DEEP else []), *(["calculated", "hidden"] * 2 if known else [])]
    kind = draw(st.sampled_from(kinds))
    made: dict[str, Any] = {"type": kind, "label": WORDS}
    if kind in {"calculated", "hidden"}:
        return Asked(name, kind, COMPUTED), made | {"for": WORDS, "value": draw(about(known))}
    made |= {"for": WORDS, "required": draw(st.booleans())}
    if known and draw(st.integers(0, 2)) == 0:
        made["when"] = draw(about(known))
    if kind == "group":
        inside: dict[str, Any] = {}
        seen = list(known)
        for number in range(draw(st.integers(1, 3))):
            asked, inside[f"{name}_{number}"] = draw(question(f"{name}_{number}", seen, depth + 1))
            seen.append(asked)
        return Asked(name, kind, GROUP), made | {"max": 3, "questions": inside}
    if KINDS[kind].musts and draw(st.booleans()):
        holds = draw(st.sampled_from(KINDS[kind].musts)).format(name)
        made["must"] = [{"holds": holds, "say": WORDS}]
    return Asked(name, kind, KINDS[kind].conditions), made | KINDS[kind].own


@st.composite
def form_files(draw: st.DrawFn) -> tuple[bytes, list[Asked]]:
    """The file of a form, and the questions of it that stand outside groups. Whoever fills it in says who they are."""
    known: list[Asked] = []
    pages: dict[str, Any] = {}
    for number in range(draw(st.integers(1, 4))):
        page: dict[str, Any] = {"title": WORDS, "questions": {}}
        if known and draw(st.integers(0, 2)) == 0:
            page["when"] = draw(about(known))
        for _ in range(draw(st.integers(1, 3))):
            name = f"q{len(known)}"
            asked, page["questions"][name] = draw(question(name, list(known), 0))
            known.append(asked)
        pages[f"p{number}"] = page
    who = {"full_name": {"type": "text", "label": WORDS}, "email": {"type": "email", "label": WORDS}}
    pages["you"] = {"title": WORDS, "questions": who}
    written = {"name": WORDS, "facts": {"today": "date"}, "pages": pages}
    return json.dumps(written, ensure_ascii=False).encode(), known


def right(asked: Question) -> st.SearchStrategy[Any]:
    """An answer to a question as somebody gives it who takes care."""
    if asked.kind == "group":
        return st.lists(item(asked.inside, right), min_size=1, max_size=2)
    return st.sampled_from(KINDS[asked.kind].right if asked.name != "full_name" else ["Asha Begum"])


def wrong(asked: Question) -> st.SearchStrategy[Any]:
    """An answer of any kind, whatever the question."""
    if asked.kind == "group":
        return st.one_of(st.lists(item(asked.inside, either), max_size=4), st.sampled_from(VALUES))
    return st.sampled_from(VALUES)


def either(asked: Question) -> st.SearchStrategy[Any]:
    """An answer, more often right than wrong."""
    return st.one_of(right(asked), right(asked), wrong(asked))


def item(inside: Sequence[Question], answer: Any) -> st.SearchStrategy[dict[str, Any]]:
    """An item of a group."""
    return st.fixed_dictionaries({each.name: answer(each) for each in inside if not each.is_computed})


def answers(form: Form, answer: Any = either) -> st.SearchStrategy[dict[str, Any]]:
    """Answers to a form; what is answered with nothing is left out."""
    outside = [each for each in form.questions.values() if not each.group and not each.is_computed]
    every = st.fixed_dictionaries({each.name: answer(each) for each in outside})
    return every.map(lambda found: {name: each for name, each in found.items() if each is not None})
