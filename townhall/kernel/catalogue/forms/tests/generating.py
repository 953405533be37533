"""Forms and answers at random: small forms in which conditions speak of what was asked before."""

import json
from typing import Any

from hypothesis import strategies as st

from townhall.kernel.catalogue.forms.model import Form
from townhall.kernel.catalogue.forms.reading import read

WORDS = {"en": "Words", "cy": "Geiriau"}
OPTIONS = {"red": WORDS, "blue": WORDS, "none": WORDS}
KINDS: list[dict[str, Any]] = [
    {"type": "yes_no"},
    {"type": "number", "decimals": 2, "min": -5, "max": 50},
    {"type": "money"},
    {"type": "text", "max": 8},
    {"type": "date"},
    {"type": "radios", "options": OPTIONS},
    {"type": "checkboxes", "options": OPTIONS, "none": "none", "max": 2},
    {"type": "address"},
]
LITERALS = [
    "1",
    "0.1",
    "12.50",
    "-3",
    '"red"',
    '"blue"',
    '"zeta"',
    "true",
    "null",
    'date("2026-03-31")',
    "today",
    "1 + 2",
]
VALUES = [
    None, True, False, 0, 1, 0.1, 12.5, 0.30000000000000004, 1e15, 1e-7, 49.999, -5, "red", "blue", "green", "zeta",
    "a longer text", "\U0001f600\uffff", "2026-03-31", "2026-02-30", "1799-01-01", [], ["red"], ["red", "blue"],
    ["none", "red"], ["red", "red"], [1], {}, {"line_1": "1 High St", "town": "Northmere", "postcode": "AA3 1AB"},
]  # fmt: skip
SIGNS = ["=", "!=", "<", "<=", ">", ">="]


def conditions(names: list[str]) -> st.SearchStrategy[str]:
    """Expressions of these names."""
    atom = st.sampled_from([*names, *LITERALS])
    simple = st.one_of(
        st.tuples(atom, st.sampled_from(SIGNS), atom).map(" ".join),
        st.tuples(atom, st.sampled_from("+-*"), atom, st.sampled_from(SIGNS), atom).map(" ".join),
        st.tuples(atom, atom, atom).map(lambda each: "{} between {} and {}".format(*each)),
        st.tuples(atom, atom, atom).map(lambda each: "{} in [{}, {}]".format(*each)),
        st.tuples(atom, atom, atom).map(lambda each: "{} in ({}, > {})".format(*each)),
        st.tuples(atom, atom).map(lambda each: "{} in [1..{})".format(*each)),
        st.tuples(atom, atom).map(lambda each: "list contains({}, {})".format(*each)),
        st.tuples(atom, st.sampled_from(SIGNS)).map(lambda each: "count({}) {} 1".format(*each)),
        st.tuples(atom, st.sampled_from(SIGNS)).map(lambda each: "string length({}) {} 3".format(*each)),
        st.tuples(atom, st.sampled_from(["postcode", "year", "town", "inner"])).map(
            lambda each: "{}.{} != 1".format(*each)
        ),
        atom,
    )
    return st.recursive(
        simple,
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda each: "({}) {} ({})".format(*each)),
            inner.map("not({})".format),
            st.tuples(inner, inner, inner).map(lambda each: "if {} then {} else {}".format(*each)),
        ),
        max_leaves=4,
    )


@st.composite
def questions(draw: st.DrawFn, name: str, names: list[str], *, deep: bool = True) -> dict[str, Any]:
    """A question that may depend on others."""
    made = dict(draw(st.sampled_from(KINDS))) | {"label": WORDS, "required": draw(st.booleans())}
    if deep and draw(st.integers(0, 4)) == 0:
        first = draw(questions(f"{name}_first", names, deep=False))
        inner = draw(questions(f"{name}_inner", [*names, f"{name}_first"], deep=False))
        made = {
            "type": "group",
            "label": WORDS,
            "max": 3,
            "questions": {f"{name}_first": first, f"{name}_inner": inner},
        }
    elif deep and names and draw(st.integers(0, 5)) == 0:
        return {"type": "calculated", "label": WORDS, "value": draw(conditions(names))}
    if names and draw(st.booleans()):
        made["when"] = draw(conditions(names))
    if draw(st.booleans()):
        made["must"] = [{"holds": draw(conditions([*names, name])), "say": WORDS}]
    return made


@st.composite
def forms(draw: st.DrawFn) -> Form:
    """A form whose conditions are all FEEL, whether or not they make sense."""
    names: list[str] = ["today"]
    pages: dict[str, Any] = {}
    for number in range(draw(st.integers(1, 4))):
        page: dict[str, Any] = {"title": WORDS, "questions": {}}
        if draw(st.booleans()):
            page["when"] = draw(conditions(list(names)))
        for _ in range(draw(st.integers(1, 3))):
            name = f"q{len(names)}"
            page["questions"][name] = draw(questions(name, list(names)))
            names.append(name)
        pages[f"p{number}"] = page
    written = {"name": WORDS, "facts": {"today": "date"}, "pages": pages}
    return read(json.dumps(written, ensure_ascii=False).encode(), "form.yaml")


@st.composite
def answers(draw: st.DrawFn, form: Form) -> dict[str, Any]:
    """Answers to a form, right and wrong ones."""
    found: dict[str, Any] = {}
    for name, question in form.questions.items():
        if question.group or question.is_computed:
            continue
        if question.inside:
            item = st.fixed_dictionaries({each.name: st.sampled_from(VALUES) for each in question.inside})
            found[name] = draw(st.one_of(st.lists(item, max_size=4), st.sampled_from(VALUES)))
        else:
            found[name] = draw(st.sampled_from(VALUES))
    return {name: value for name, value in found.items() if value is not None}


@st.composite
def cases(draw: st.DrawFn) -> tuple[Form, list[dict[str, Any]]]:
    """A form with several people's answers."""
    form = draw(forms())
    return form, draw(st.lists(answers(form), min_size=1, max_size=6))
