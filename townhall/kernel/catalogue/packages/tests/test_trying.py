"""What is said of an example that fails: once, on the line of the answer, page or step, and nothing that follows."""

import pytest

from townhall.kernel.catalogue.packages.reading import examined_files
from townhall.kernel.catalogue.packages.shelf import SMALLEST
from townhall.kernel.catalogue.packages.tests.breaking import broken, files
from townhall.kernel.catalogue.packages.tests.breaking import told as told_of

ANSWERED, EMPTY, FOUR = "examples/answered.yaml", "examples/nothing_asked.yaml", "examples/four_things.yaml"
PHOTO = """
  photo:
    questions:
      photo:
        type: files
        types: [jpeg, pdf]
        label: {en: Photo, cy: Llun}
        for: {en: An officer looks at it, cy: Mae swyddog yn edrych arno}
"""
AGREED = """
  consent:
    questions:
      agrees:
        type: yes_no
        label: {en: "Does the owner agree?", cy: "A yw'r perchennog yn cytuno?"}
        must: {holds: agrees = true, say: {en: The owner must agree, cy: Rhaid i'r perchennog gytuno}}
"""


def told(held: dict[str, bytes]) -> list[str]:
    """What is wrong with the smallest service."""
    return [f"{each.place}: {each.message}" for each in examined_files("ask_us", held).problems]


def smallest(path: str, old: str, new: str, pages: str = "") -> dict[str, bytes]:
    """The smallest service with a text changed in one file, and more pages before those that it has."""
    held = files(SMALLEST)
    assert old.encode() in held[path]
    held[path] = held[path].replace(old.encode(), new.encode(), 1)
    held["form.yaml"] = held["form.yaml"].replace(b"pages:\n", f"pages:{pages or chr(10)}".encode(), 1)
    return held


def test_a_form_that_refuses_answers_sets_off_nothing_else() -> None:
    (only,) = told_of(broken(FOUR, "email: sam@example.com", "email: sam"), run_examples=True)
    assert only[0] == f"{FOUR}:6"
    assert "you, email: the form refuses it: Your e-mail address must be an e-mail address" in only[1]


def test_after_a_step_that_cannot_happen_none_is_looked_at() -> None:
    (only,) = told_of(broken(FOUR, "done: choose,", "done: pay,"), run_examples=True)
    assert only[0] == f"{FOUR}:12"
    assert "it is refused" in only[1]


@pytest.mark.parametrize(
    ("path", "old", "new", "line", "says"),
    [
        (EMPTY, "  you: {full_name: Sam Rees, email: sam}\n", "", 4, "page you was not sent. Send it too"),
        (EMPTY, "  you: {full", "  yuo: {full", 5, "there is no page 'yuo'. Did you mean 'you'?"),
        (EMPTY, "email: sam}", "email: sam@example.com}", 8, "you, email: the form refuses nothing, not 'Your e-mail"),
        (EMPTY, "  question: {question: Enter", "  question: {other: Enter", 4, "question: the form refuses it"),
        (ANSWERED, "full_name: Sam", "fullname: Sam", 3, "fullname: the form refuses it: There is no such question"),
        (ANSWERED, "happens:", "counts: {question: None}\nhappens:", 4, "question is 'When is the library open?', not"),
        (ANSWERED, "happens:", "pages: [you]\nhappens:", 4, "the pages asked are question, you, not you"),
        (ANSWERED, "state: answered", "state: answer", 6, "the case is in answered, not answer"),
    ],
)
def test_it_is_said_on_the_line_of_the_answer_the_page_or_the_step(
    path: str, old: str, new: str, line: int, says: str
) -> None:
    assert any(each.startswith(f"{path}:{line}: ") and says in each for each in told(smallest(path, old, new)))


def test_a_file_in_an_example_has_the_type_that_the_form_calls_it() -> None:
    photo = "photo: [{{file: photo1, name: oak.pdf, size: 120000, type: {}}}], question: "
    said = dict[str, list[str]]()
    for name in ("pdf", "application/pdf", "png"):
        held = smallest(ANSWERED, "question: ", photo.format(name), PHOTO)
        del held[EMPTY]
        said[name] = told(held)
    (wrong,) = said["png"]
    assert said["pdf"] == said["application/pdf"] == []
    assert wrong.startswith(f"{ANSWERED}:3: ")
    assert "oak.pdf must be a file of type jpeg, pdf" in wrong


def test_a_choice_that_its_own_rule_asks_for_is_used() -> None:
    held = smallest(ANSWERED, "question: ", "agrees: true, question: ", AGREED)
    del held[EMPTY]
    assert told(held) == []
