"""Pages on paper: whatever people wrote is drawn as words, and what cannot be drawn is said in words."""

from pathlib import Path

import pytest

from tests.pdfs import faults, reading
from townhall.kernel.design import paper

LAYOUT = """
#let held = json(bytes(sys.inputs.contents))
#set document(title: "Words")
#set text(lang: "en", font: "Libertinus Serif")
= Words

#held.words

#if held.is_replaced [Not whole]
"""


@pytest.fixture
def layout(tmp_path: Path) -> Path:
    """A layout with a heading, the words, and a line for when a character is missing."""
    made = tmp_path / "layout.typ"
    made.write_text(LAYOUT)
    return made


def drawn(layout: Path, words: str) -> list[tuple[str, str]]:
    """What is read below the heading, by the library's own fonts alone, so that every machine has the same."""
    data = paper.pdf(layout, {"words": words}, ignore_system_fonts=True)
    assert faults(data) == []
    return reading(data)[1:]


@pytest.mark.parametrize(
    "words",
    ['#panic("no")', '#read("/etc/passwd")', "= Heading", "$x$ *bold* _soft_ <a> @b", "\\", '"', "// gone", "ŵ ŷ"],
)
def test_what_people_write_is_never_markup(layout: Path, words: str) -> None:
    assert drawn(layout, words) == [("P", words)]


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("fine 😀", "fine [grinning face]"),
        ("漢字", "□□"),
        ("a\x00b", "ab"),
        ("a\uffffb", "ab"),
        ("👩\u200d👧 ok", "[woman][girl] ok"),
    ],
)
def test_what_no_font_has_is_said_in_words(layout: Path, words: str, instead: str) -> None:
    assert drawn(layout, words) == [("P", instead), ("P", "Not whole")]


def test_a_writing_from_right_to_left_is_drawn_whole(layout: Path) -> None:
    found = drawn(layout, "مرحبا Asha")
    assert [tag for tag, _ in found] == ["P"]
    assert found[0][1].endswith("Asha")


def test_a_half_of_a_character_does_not_stop_the_page(layout: Path) -> None:
    assert drawn(layout, "a\ud800b") == [("P", "a?b")]


def test_a_word_longer_than_a_line_goes_on_in_the_next(layout: Path) -> None:
    assert len(paper.pictures(layout, {"words": "w" * 20_000})) > 1


def test_a_layout_that_is_wrong_says_so(layout: Path) -> None:
    layout.write_text("#nothing")
    with pytest.raises(paper.CannotPrint, match="nothing"):
        paper.pdf(layout, {})


def test_without_the_library_it_says_what_to_install(layout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "typst", None)
    assert not paper.can_print()
    with pytest.raises(paper.CannotPrint, match=r"townhall\[pdf\]"):
        paper.pdf(layout, {})
