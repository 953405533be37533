"""The smallest service: it can be begun from, and its hash is that of what it says."""

from pathlib import Path

import pytest

from townhall.kernel.catalogue.packages.reading import examined, read, read_files
from townhall.kernel.catalogue.packages.shelf import SMALLEST, begun
from townhall.kernel.catalogue.said import Refused


def test_a_new_service_works_as_it_is(tmp_path: Path) -> None:
    package, problems = examined(begun("ask_us", tmp_path))
    assert problems == ()
    assert package is not None
    assert [each.name for each in package.examples] == [
        "A question over a bank holiday is due a day later", "An empty question is not sent"
    ]  # fmt: skip


def test_a_name_that_cannot_be_one_is_refused_with_one_that_can(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"'skip-licence' cannot be .* small letters, digits and '_', .*: skip_licence\."):
        begun("skip-licence", tmp_path)


def test_the_hash_knows_neither_line_ends_nor_the_order_of_files(tmp_path: Path) -> None:
    package = read(begun("ask_us", tmp_path))
    turned = {path: content.replace(b"\n", b"\r\n") for path, content in reversed(list(package.files.items()))}
    assert read_files("ask_us", turned).hash == package.hash
    changed = dict(package.files) | {"README.md": package.files["README.md"] + b"More.\n"}
    assert read_files("ask_us", changed).hash != package.hash


def test_the_smallest_service_is_a_folder_of_plain_files() -> None:
    assert all(each.suffix in {".yaml", ".md"} for each in SMALLEST.rglob("*") if each.is_file())
