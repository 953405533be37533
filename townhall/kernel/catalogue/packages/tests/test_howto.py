"""Whoever follows the page "Add a service" has services that pass every check."""

import re
from pathlib import Path

import pytest

from townhall.kernel.catalogue.packages.reading import examined
from townhall.kernel.catalogue.packages.shelf import begun

PAGE = Path(__file__).resolve().parents[5] / "docs" / "how-to" / "add-a-service.md"
FILE = re.compile(r"^`([\w/]+\.(?:yaml|md))`[^\n]*\n\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BEGUN = re.compile(r"townhall package new (\w+) --in services")


def written(inside: Path, slug: str = "allotment") -> Path:
    """The folder of one of the page's services: what stands between its `package new` and the next."""
    _, *parts = BEGUN.split(PAGE.read_text(encoding="utf-8"))
    told = dict(zip(parts[::2], parts[1::2], strict=True))
    folder = begun(slug, inside)
    for path, text in FILE.findall(told[slug]):
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("slug", "letters", "forms", "examples"), [("allotment", 2, 0, 5), ("tree_work", 4, 1, 3)])
def test_each_service_of_the_page_is_whole(tmp_path: Path, slug: str, letters: int, forms: int, examples: int) -> None:
    package, problems = examined(written(tmp_path, slug))
    assert [str(each) for each in problems] == []
    assert package is not None
    assert (len(package.letters), len(package.forms), len(package.examples)) == (letters, forms, examples)
