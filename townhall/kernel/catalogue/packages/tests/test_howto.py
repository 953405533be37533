"""Whoever follows the page "Add a service" has one that passes every check."""

import re
from pathlib import Path

from townhall.kernel.catalogue.packages.reading import examined
from townhall.kernel.catalogue.packages.shelf import begun

PAGE = Path(__file__).resolve().parents[5] / "docs" / "how-to" / "add-a-service.md"
FILE = re.compile(r"^`([\w/]+\.(?:yaml|md))`[^\n]*\n\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def written(inside: Path) -> Path:
    """The folder of the page's service."""
    folder = begun("allotment", inside)
    files = FILE.findall(PAGE.read_text(encoding="utf-8"))
    assert len(files) == 12
    for path, text in files:
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def test_the_service_of_the_page_is_whole(tmp_path: Path) -> None:
    package, problems = examined(written(tmp_path))
    assert [str(each) for each in problems] == []
    assert package is not None
    assert len(package.letters) == 2
