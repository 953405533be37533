"""Documents of a package: each mistake is told where it stands, and examples show their words."""

# ruff: noqa: E501 (a row is one line)

import pytest

from townhall.kernel.catalogue.packages.reading import examined_files
from townhall.kernel.catalogue.packages.shelf import SHELF
from townhall.kernel.catalogue.packages.tests.breaking import files

NOTICE = SHELF / "temporary_event_notice"
P, D = "process.yaml", "documents/acknowledgement.md"
ORDER = "{name: acknowledgement, with"
MISTAKES = {
    # what: (file, text, changed to, where, text on its line, message, cure)
    "not there": (P, "name: acknowledgement", "name: receipt", P, "- document:", "no file for the document 'receipt'", "Add receipt.md."),
    "not made": (P, "      - document: {name", "      - letter: {name", D, "---", "Nobody makes the document", "Make it in"),
    "for nobody": (P, ORDER, "{name: acknowledgement, to: polise, with", P, "- document:", "'polise' to whom documents go", "'police'"),
    "with a subject": (D, "title_cy:", "subject_en: Hello\ntitle_cy:", D, "subject_en:", "no 'subject_en'", "title, title_cy, placeholders"),
    "without a title": (D, "title: ", "titel: ", D, "---", "This is no document: title", "a letter without subjects"),
    "without Welsh": (D, "--- cy ---", "", D, "", "The document has no Welsh", "--- cy ---"),
    "nothing fills": (P, "{is_late: 'kind = \"late\"'}", "{is_lat: 'true'}", D, "((is_late", "Nothing fills ((is_late))", "'is_lat'"),
    "no place": (P, "{is_late: ", "{sum: '1', is_late: ", P, "- document:", "The document 'acknowledgement' has no ((sum))", "'with'"),
}  # fmt: skip


def told(held: dict[str, bytes]) -> list[tuple[str, str]]:
    """What is wrong with files: where and what, each with its cure."""
    found = examined_files("temporary_event_notice", held).problems
    return [(str(each.place), f"{each.message} {each.cure}") for each in found]


def changed(path: str, old: str, new: str) -> dict[str, bytes]:
    """The files with a text changed in one of them."""
    held = files(NOTICE)
    assert old.encode() in held[path]
    return held | {path: held[path].replace(old.encode(), new.encode(), 1)}


@pytest.mark.parametrize("what", MISTAKES)
def test_a_mistake_with_a_document_is_told_with_file_line_and_cure(what: str) -> None:
    file, old, new, where, beside, message, cure = MISTAKES[what]
    held = changed(file, old, new)
    lines = held[where].decode().split("\n")
    numbers = [at for at, line in enumerate(lines, 1) if beside in line]
    found = told(held)
    assert [
        text for at, text in found if at in {f"{where}:{each}" for each in numbers} and message in text and cure in text
    ], found


def test_an_example_shows_what_a_document_says_and_each_document_needs_one() -> None:
    about = "examples/five_days.yaml"
    (wrong,) = told(changed(about, "This is a late notice", "This is a standard notice"))
    assert wrong[0].startswith(about)
    assert "the document acknowledgement does not say 'This is a standard notice'" in wrong[1]
    few = {path: text for path, text in files(NOTICE).items() if b"document acknowledgement" not in text}
    assert any(at == f"{D}:1" and "No example makes this document." in text for at, text in told(few))
