"""Every service on the shelf is whole: both languages, every check, every example."""

import pytest

from townhall.kernel.catalogue.decisions.model import Decision, TableBox
from townhall.kernel.catalogue.packages.command import main
from townhall.kernel.catalogue.packages.deciding import usual_fees
from townhall.kernel.catalogue.packages.examples import moment_of
from townhall.kernel.catalogue.packages.model import Broken
from townhall.kernel.catalogue.packages.reading import examined, outlined, read
from townhall.kernel.catalogue.packages.shelf import SHELF, begun, slugs


@pytest.mark.parametrize("slug", slugs())
def test_a_service_of_the_shelf_is_whole(slug: str) -> None:
    package, problems = examined(SHELF / slug)
    assert [str(each) for each in problems] == []
    assert package is not None
    assert len(package.examples) >= 4


@pytest.mark.parametrize("slug", slugs())
def test_tables_of_the_shelf_give_their_reasons_in_both_languages(slug: str) -> None:
    for engine in read(SHELF / slug).decisions.values():
        elements = [each for each in engine.model.elements.values() if isinstance(each, Decision)]
        tables = [each.box for each in elements if isinstance(each.box, TableBox)]
        said = [each.about for each in elements] + [rule.why for table in tables for rule in table.rules]
        said += [column.label for table in tables for column in table.inputs]
        said += [column.label for table in tables for column in table.outputs if column.label]
        assert [each for each in said if not (each and each.en and each.cy)] == []


@pytest.mark.parametrize("slug", slugs())
def test_an_outline_says_of_a_service_what_the_whole_reading_says(slug: str) -> None:
    outline, package = outlined(SHELF / slug), read(SHELF / slug)
    assert (outline.slug, outline.hash, outline.files) == (package.slug, package.hash, package.files)
    assert outline.service == package.service


def test_a_folder_without_a_sheet_has_no_outline(tmp_path_factory: pytest.TempPathFactory) -> None:
    inside = tmp_path_factory.mktemp("services")
    begun("ask_us", inside)
    (inside / "ask_us" / "service.yaml").write_text("lgsl: none\n")
    with pytest.raises(Broken):
        outlined(inside / "ask_us")


def test_the_shelf_has_the_services_that_a_council_begins_with() -> None:
    assert len(slugs()) >= 14


@pytest.mark.parametrize("slug", slugs())
def test_whatever_is_paid_is_shown_before_anybody_begins(slug: str) -> None:
    package = read(SHELF / slug)
    shown = usual_fees(package, at=moment_of("2026-05-11"))
    assert len(shown) == len(package.service.fee.cases)
    assert bool(shown) != package.service.fee.is_free


def test_the_command_checks_shows_and_begins(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    inside = tmp_path_factory.mktemp("services")
    assert main(["new", "ask_us", "--in", str(inside)]) == 0
    assert main(["check", str(inside / "ask_us")]) == 0
    assert main(["show", "missed_bin", "--language", "cy"]) == 0
    assert "Bin heb ei gasglu" in capsys.readouterr().out
    assert main(["new", "ask_us", "--in", str(inside)]) == 1
    assert main(["check", "no_such_service"]) == 1
    (inside / "ask_us" / "README.md").unlink()
    assert main(["check", str(inside / "ask_us")]) == 1
    assert "ask_us/README.md: The file is missing." in capsys.readouterr().out
