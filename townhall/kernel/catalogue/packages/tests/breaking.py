"""Breaks a package of the shelf in one place, for tests to see what is said of it."""

from pathlib import Path

from townhall.kernel.catalogue.packages.reading import examined_files
from townhall.kernel.catalogue.packages.shelf import SHELF

BULKY = SHELF / "bulky_waste"


def files(folder: Path = BULKY) -> dict[str, bytes]:
    """The files of a package by their paths."""
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def broken(path: str, old: str, new: str) -> dict[str, bytes]:
    """The files with a text changed in one of them; an empty old text is the whole file."""
    found = files()
    text = found.get(path, b"").decode()
    assert not old or text.count(old) >= 1, f"{path} does not say {old!r}"
    found[path] = (text.replace(old, new, 1) if old else new).encode()
    return found


def told(held: dict[str, bytes], *, run_examples: bool = False) -> list[tuple[str, str]]:
    """What is wrong with files: where and what, each with its cure."""
    problems = examined_files("bulky_waste", held, run_examples=run_examples).problems
    assert all(each.cure and each.place.file for each in problems)
    return [(str(each.place), f"{each.message} {each.cure}") for each in problems]


def line_of(path: str, text: str) -> str:
    """The file and line where the shelf's package has a text."""
    lines = files()[path].decode().split("\n")
    return f"{path}:{next(at for at, line in enumerate(lines, 1) if text in line)}"
