"""Every service on the shelf is whole: both languages, every check, every example."""

import pytest

from townhall.kernel.catalogue.packages.command import main
from townhall.kernel.catalogue.packages.deciding import usual_fees
from townhall.kernel.catalogue.packages.examples import moment_of
from townhall.kernel.catalogue.packages.reading import examined, read
from townhall.kernel.catalogue.packages.shelf import SHELF, slugs


@pytest.mark.parametrize("slug", slugs())
def test_a_service_of_the_shelf_is_whole(slug: str) -> None:
    package, problems = examined(SHELF / slug)
    assert [str(each) for each in problems] == []
    assert package is not None
    assert len(package.examples) >= 4


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
