"""Taking out what is about somebody else."""

from hypothesis import given
from hypothesis import strategies as st

from townhall.kernel.privacy import rules


def test_a_passage_goes_however_it_is_spaced_or_capitalised() -> None:
    text = "Mrs Jones of\n 12 Hope Street said so. MRS JONES shouted."
    assert rules.redact(text, ["mrs jones", "12 hope street"]) == "[…] of\n […] said so. […] shouted."


def test_the_longest_passage_goes_first() -> None:
    assert rules.redact("Ann Lee and Ann", ["Ann", "Ann Lee"]) == "[…] and […]"


def test_signs_with_a_meaning_in_patterns_are_only_signs() -> None:
    assert rules.redact("cost (about) £5. a+b", ["(about)", "a+b", "."]) == "cost […] £5[…] […]"


def test_numbers_are_taken_out_too_and_others_stay_numbers() -> None:
    assert rules.redacted({"Number": 142, "Other": 7, "None": None}, ["142"]) == {
        "Number": "[…]",
        "Other": 7,
        "None": None,
    }


def test_typing_errors_are_told_and_not_passed_over() -> None:
    assert rules.missing({"Text": "Mrs Jones said"}, ["A note"], ["Mrs Jnoes", "said", "a note"]) == ["Mrs Jnoes"]


def test_passages_are_typed_one_on_a_line() -> None:
    assert rules.passages(" Ann  Lee \n\nAnn Lee\nBen\n") == ["Ann Lee", "Ben"]


@given(
    st.text(alphabet="ab (.*[\\ \n", max_size=40),
    st.lists(st.text(alphabet="ab (.*[\\", min_size=1, max_size=5), max_size=3),
)
def test_nothing_of_a_passage_is_left(text: str, removed: list[str]) -> None:
    wanted = rules.passages("\n".join(removed))
    shown = rules.redact(text, wanted)
    rest = "".join(shown.split(rules.REMOVED)) if not wanted else shown.replace(rules.REMOVED, "\x00")
    assert all(passage not in rest for passage in wanted if passage not in rules.REMOVED)
