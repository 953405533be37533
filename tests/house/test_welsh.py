"""Everything that a page, a letter or a rule says, it says in Welsh as well."""

import io
import tomllib
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from babel.messages.mofile import write_mo

from tests.house.modules import TOWNHALL
from townhall.demo.loading import councils
from townhall.demo.town.plan import Town
from townhall.kernel.design import translating
from townhall.kernel.notify.rules import parse_letter

LETTERS = sorted(TOWNHALL.glob("*/*/letters/*.md"))
CATEGORIES = sorted(TOWNHALL.glob("residents/reports/categories/*.toml"))
SAID = {"name", "group", "text", "hint", "next_step", "stop_message"}
DAYS = ("%(num)s day ago", "%(num)s days ago")


def name(path: Path) -> str:
    """How pytest names a file."""
    return path.stem


def lacking_welsh(value: Any, path: str = "") -> Iterator[str]:
    """Where in a table a text has no neighbour of the same name with `_cy`, or an empty one."""
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from lacking_welsh(each, f"{path}[{number}]")
    if isinstance(value, dict):
        for key, each in value.items():
            yield from lacking_welsh(each, f"{path}.{key}")
            if key in SAID and not value.get(f"{key}_cy"):
                yield f"{path}.{key}"


def test_every_sentence_has_a_welsh_text_that_fits() -> None:
    assert translating.problems(translating.read(), translating.found_in_source()) == []


def test_the_catalogue_is_kept_as_the_command_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = translating.CATALOGUE.read_text(encoding="utf-8")
    catalogue = translating.read()
    monkeypatch.setattr(translating, "CATALOGUE", tmp_path / "django.po")
    translating.write(catalogue)
    assert translating.CATALOGUE.read_text(encoding="utf-8") == kept


def test_the_catalogue_says_that_no_translator_has_read_it() -> None:
    assert "Not yet read by a professional translator" in translating.read().header_comment


def test_words_after_a_number_change_as_welsh_asks() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, translating.read())
    compiled.seek(0)
    welsh = GNUTranslations(compiled)
    said = [welsh.ngettext(*DAYS, number) % {"num": number} for number in (0, 1, 2, 3, 6, 8)]
    assert said == [f"{number} {'ddiwrnod' if number == 2 else 'diwrnod'} yn ôl" for number in (0, 1, 2, 3, 6, 8)]


@pytest.mark.parametrize("path", LETTERS, ids=name)
def test_a_letter_is_written_in_both_languages(path: Path) -> None:
    letter = parse_letter(path.read_text(encoding="utf-8"))
    assert letter.has("en")
    assert letter.has("cy")
    assert letter.title_cy


@pytest.mark.parametrize("path", CATEGORIES, ids=name)
def test_a_category_and_its_questions_are_in_both_languages(path: Path) -> None:
    assert list(lacking_welsh(tomllib.loads(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("team", councils.DISTRICT_TEAMS + councils.COUNTY_TEAMS, ids=lambda team: team.code)
def test_a_rule_says_why_in_both_languages(team: councils.TeamPlan) -> None:
    assert team.name_cy
    assert team.reason_cy


def test_the_councils_have_welsh_names_and_duties() -> None:
    town = cast("Town", SimpleNamespace(code="E07999999", county_code="E10999999"))
    for council in (councils.district(town), councils.county(town, "")):
        assert council["name_cy"]
        assert len(council["does_cy"]) == len(council["does"])
