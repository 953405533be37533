"""Files with mistakes: each is told with file, line and cure, soon, whatever the file holds."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from townhall.kernel.catalogue.decisions.model import ModelError
from townhall.kernel.catalogue.forms.command import main
from townhall.kernel.catalogue.forms.reading import read
from townhall.kernel.catalogue.forms.tests.making import BOTH, form_of, worded

YES = "{type: yes_no, label: W}"
PICK = "{type: radios, label: W, options: {red: W, blue: W}}"
X_WHEN_Y = f"  a: {{when: y, questions: {{x: {YES}}}}}"
X_NEEDS_Y = "  a: {questions: {x: {type: yes_no, label: W, must: {holds: y, say: W}}}}"
GROUP = "  a: {questions: {g: {type: group, label: W, questions: {i: {type: number, label: W}}}}}"
X, X_PICKED = f"  a: {{questions: {{x: {YES}}}}}", f"  a: {{questions: {{x: {PICK}}}}}"
Y_WHEN_RED = f"{X_PICKED}\n  b: {{when: 'x = \"red\"', questions: {{y: {YES}}}}}"


@pytest.mark.parametrize(
    ("pages", "says"),
    [
        ("  a: {questions: {x: {type: yesno, label: W}}}", "There is no type 'yesno'. Did you mean 'yes_no'?"),
        ("  a: {questions: {x: {label: W}}}", "It has no type"),
        ("  a: {questions: {x: {type: yes_no}}}", "has no label. Add 'label'."),
        ("  a: {questions: {x: {type: text, label: Name}}}", "'Name' has no Welsh."),
        ("  a: {questions: {x: {type: text, label: {cy: Enw}}}}", "'Enw' has no English."),
        (f"{X}\n  b: {{questions: {{x: {YES}}}}}", "'x' is asked twice, on the pages"),
        (f"  a: {{qestions: {{x: {YES}}}}}", "There is no 'qestions' here."),
        ("  a: {questions: {x: {type: yes_no, label: W, color: red}}}", "There is no 'color' here."),
        (f"{X}\n  b: {{when: xx, questions: {{y: {YES}}}}}", "Did you mean 'x'?"),
        (f"{X}\n  b: {{when: x and, questions: {{y: {YES}}}}}", "is not FEEL"),
        (f"{X_WHEN_Y}\n  b: {{questions: {{y: {YES}}}}}", "'y' is asked later than here"),
        (f"{X_WHEN_Y}\n  b: {{when: x, questions: {{y: {YES}}}}}", "A circle: x needs y"),
        ("  a: {questions: {x: {type: calculated, label: W, value: x + 1}}}", "A circle: x needs x."),
        (f"{X_PICKED}\n  b: {{when: 'x = \"green\"', questions: {{y: {YES}}}}}",
         "has no option 'green'. There are red, blue."),
        (f"{X}\n  b: {{when: x and not(x), questions: {{y: {YES}}}}}", "'b' is never asked"),
        (f"  a: {{when: 'false', questions: {{x: {YES}}}}}", "'a' is never asked"),
        (f"{Y_WHEN_RED}\n  c: {{when: 'y and x = \"blue\"', questions: {{z: {YES}}}}}", "'c' is never asked"),
        (f"{GROUP}\n  b: {{when: i > 1, questions: {{y: {YES}}}}}", "'i' is asked inside 'g'. Write g.i."),
        (f"{X_NEEDS_Y}\n  b: {{questions: {{y: {YES}}}}}", "'y' is asked on a later page."),
        ("  a: {questions: {x: {type: text, label: W, must: {holds: 'true'}}}}", "has no message"),
        ("  a: {questions: {x: {type: number, label: W, min: 5, max: 1}}}", "'min' is more than 'max'."),
        ("  a: {questions: {x: {type: number, label: W, min: lots}}}", "is no number from"),
        ("  a: {questions: {x: {type: radios, label: W}}}", "'x' has no options."),
        ("  a: {questions: {Name: {type: text, label: W}}}", "'Name' cannot be a name."),
        ("  a: {questions: {x: {type: files, label: W, types: [exe]}}}", "There is no type of file 'exe'."),
        (f"  a: {{questions: {{x: {YES}, y: {YES}}}}}", "several questions and no title"),
        (f"  a: {{section: one, questions: {{x: {YES}}}}}", "There is no section 'one'."),
        ("  a: {title: W}", "asks nothing"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_file_line_and_cure(pages: str, says: str) -> None:
    found = [str(each) for each in form_of(pages, sound=False).problems]
    assert any(says in each for each in found), found
    assert all(each.startswith("form.yaml:") for each in found)


def test_all_mistakes_are_told_at_once() -> None:
    form = form_of("  a: {questions: {x: {type: text, label: One}}}\n  b: {questions: {y: {label: Two}}}", sound=False)
    assert [each.place.line for each in form.problems] == [4, 5]


HEAD = f"name: {BOTH}\n"


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "pages: {}", HEAD, HEAD + "pages: []", HEAD + "pages: {}", "a: &x [*x]",
        "!!python/object:os.system {}",
        "[" * 3_000, HEAD + "pages: {a: {questions: " + "{x: " * 3_000,
        "name: x\nname: y\npages: {}",
        HEAD + "pages:\n" + "\n".join(f"  p{number}: {{}}" for number in range(600)),
        "x" * 3_000_000,
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused(text: str) -> None:
    with pytest.raises(ModelError):
        read(text.encode(), "form.yaml")


@pytest.mark.parametrize(
    "condition",
    ["(" * 500 + "x" + ")" * 500, "x" + " and x" * 2_000, "-" * 4_000 + "1", '"' + "y" * 6_000 + '"', "for i in 1.."],
)
def test_a_hostile_condition_is_a_problem(condition: str) -> None:
    pages = f"{X}\n  b: {{when: '{condition}', questions: {{y: {YES}}}}}"
    assert form_of(pages, sound=False).problems


def test_a_form_with_too_many_mistakes_is_refused_with_the_first() -> None:
    pages = "\n".join(
        f"  p{number}: {{when: nobody{number}, questions: {{x{number}: {YES}}}}}" for number in range(300)
    )
    with pytest.raises(ModelError, match=r"more than 200 mistakes\. The first is: form\.yaml:4: 'nobody0'"):
        form_of(pages, sound=False)


def test_a_form_with_too_much_to_reckon_is_refused() -> None:
    long = " and ".join(["x"] * 600)
    pages = "\n".join(f"  p{number}: {{when: {long}, questions: {{x{number}: {YES}}}}}" for number in range(80))
    with pytest.raises(ModelError, match="more than 150,000 characters"):
        form_of(f"{X}\n{pages}", sound=False)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120), st.integers(0, 400), st.integers(0, 40))
def test_a_damaged_file_is_a_form_or_an_error_of_its_own(damage: str, at: int, length: int) -> None:
    whole = HEAD + f"pages:\n  a:\n    questions:\n      x: {YES}\n  b:\n    when: x\n    questions: {{y: {PICK}}}\n"
    whole = worded(whole)
    damaged = (whole[:at] + damage + whole[at + length :]).encode(errors="ignore")
    try:
        read(damaged, "form.yaml")
    except ModelError:
        return


def test_the_command_tells_what_is_wrong_and_what_is_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "form.yaml"
    file.write_text(
        f"name: {BOTH}\npages: {{a: {{questions: {{x: {{type: number, label: {BOTH}}}}}}}}}", encoding="utf-8"
    )
    assert main(["check", str(file)]) == 0
    assert "1 pages, 1 questions, nothing is wrong" in capsys.readouterr().out
    assert main(["try", str(file), "--answers", '{"x": 3}']) == 0
    assert main(["try", str(file), "--page", "a", "--sent", '{"x": "three"}', "--language", "cy"]) == 1
    assert "rhif cyfan" in capsys.readouterr().out
    file.write_text("pages: {}", encoding="utf-8")
    assert main(["check", str(file)]) == 1
