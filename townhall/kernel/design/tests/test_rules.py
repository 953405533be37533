import pytest
from hypothesis import given
from hypothesis import strategies as st

from townhall.kernel.design import rules

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("colour", "ratio"),
    [("#1a1c23", 17.0), ("#4a4e59", 8.3), ("#6c717d", 4.9), ("#d2d5db", 1.5), ("#571c45", 12.7), ("#b3261e", 6.5)],
)
def test_contrast_on_white_is_what_the_design_says(colour: str, ratio: float) -> None:
    assert round(rules.contrast(colour, rules.WHITE), 1) == pytest.approx(ratio, abs=0.05)


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert rules.contrast("#000000", "#ffffff") == pytest.approx(21)


def test_northmere_gets_the_colours_of_the_pictures() -> None:
    theme = rules.theme("#571c45", "#b9cf4a")
    assert theme.on_council_1 == "#ffffff"
    assert theme.council_1_tint == "#f7eff4"
    assert theme.accent_on_council_1 == "#b9cf4a"
    assert round(rules.contrast(theme.link, "#ffffff"), 1) == 10.1
    assert rules.contrast(theme.link, theme.council_1_tint) >= 8.5
    assert round(rules.contrast(theme.quiet_on_council_1, theme.council_1), 1) >= 10


def test_merrowshire_keeps_white_text_at_ten_point_seven() -> None:
    assert round(rules.contrast(rules.theme("#16425b", "#f08a5d").on_council_1, "#16425b"), 1) == 10.7


def test_yellow_council_gets_ink_text_an_ink_edge_and_a_dark_link() -> None:
    theme = rules.theme("#ffc72c", "#00703c")
    assert (theme.on_council_1, theme.button_edge) == (rules.INK, rules.INK)
    assert round(rules.contrast(theme.on_council_1, theme.council_1), 1) == 10.9
    assert rules.contrast(theme.link, "#ffffff") >= 7


def test_second_colour_too_near_the_first_gives_way_to_white() -> None:
    assert rules.theme("#571c45", "#6a2255").accent_on_council_1 == "#ffffff"


@given(first=COLOURS, second=COLOURS)
def test_any_two_colours_make_a_readable_theme(first: str, second: str) -> None:
    theme = rules.theme(first, second)
    assert rules.contrast(theme.on_council_1, theme.council_1) >= 4.5
    assert rules.contrast(theme.quiet_on_council_1, theme.council_1) >= 4.5
    assert rules.contrast(theme.link, "#ffffff") >= 7
    assert rules.contrast(theme.link, theme.council_1_tint) >= 4.5
    assert rules.contrast("#4a4e59", theme.council_1_tint) >= 7
    assert rules.contrast(theme.on_council_2, theme.council_2) >= 4.5
    assert rules.contrast(theme.accent_on_council_1, theme.council_1) >= 3


@given(colour=COLOURS)
def test_oklch_there_and_back_is_the_same_colour(colour: str) -> None:
    there = rules.from_oklch(rules.to_oklch(colour))
    assert all(abs(int(there[at : at + 2], 16) - int(colour[at : at + 2], 16)) <= 1 for at in (1, 3, 5))


@pytest.mark.parametrize("text", ["", "red", "#fff", "#12345g", '#123456"/>'])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(rules.ColourError):
        rules.tidy_colour(text)


def test_spoken_code_is_short_steady_and_without_signs_that_sound_alike() -> None:
    assert rules.spoken_code("A1B2C3D4") == rules.spoken_code("a1b2c3d4")
    assert len(rules.spoken_code("ffffffff")) == 7
    assert not set("IOSQZ01") & set(rules.spoken_code("deadbeef")[:3])
