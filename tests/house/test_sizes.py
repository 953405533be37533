"""Short functions, short files, and a sentence for everything that others may use."""

import ast
from pathlib import Path

import pytest

from tests.house.modules import MODULES, TOWNHALL, files, functions, label, tenth_largest
from townhall.kernel.modules.base import Module

LONGEST_FUNCTION, LONGEST_FILE = 25, 250
NO_FUNCTION_OVER, NO_FILE_OVER = 60, 400
SAYS_ENOUGH = 0.85
every_module = pytest.mark.parametrize("module", MODULES, ids=label)


def function_lines(path: Path) -> list[int]:
    """How long each function of a file is."""
    return [(node.end_lineno or node.lineno) - node.lineno + 1 for node in functions(path)]


def line_count(path: Path) -> int:
    """How long a file is."""
    return path.read_text(encoding="utf-8").count("\n")


def test_nine_tenths_of_functions_are_short() -> None:
    assert tenth_largest([size for path in files(TOWNHALL) for size in function_lines(path)]) <= LONGEST_FUNCTION


def test_nine_tenths_of_files_are_short() -> None:
    assert tenth_largest([line_count(path) for path in files(TOWNHALL)]) <= LONGEST_FILE


@every_module
def test_a_module_has_no_very_long_function_or_file(module: Module) -> None:
    for path in files(Path(module.path)):
        assert line_count(path) <= NO_FILE_OVER, path.name
        assert max(function_lines(path), default=0) <= NO_FUNCTION_OVER, path.name


@every_module
def test_a_module_keeps_the_house_sizes(module: Module) -> None:
    inside = files(Path(module.path))
    assert tenth_largest([size for path in inside for size in function_lines(path)]) <= LONGEST_FUNCTION
    assert tenth_largest([line_count(path) for path in inside]) <= LONGEST_FILE


def public_things(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """What a file offers: its functions and classes at the top that have no underscore."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    wanted = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return [node for node in tree.body if isinstance(node, wanted) and not node.name.startswith("_")]


@every_module
def test_public_things_say_what_they_are(module: Module) -> None:
    things = [(path, node) for path in files(Path(module.path)) for node in public_things(path) if path.stem != "apps"]
    silent = [f"{path.name}: {node.name}" for path, node in things if not ast.get_docstring(node)]
    assert len(silent) <= (1 - SAYS_ENOUGH) * len(things), silent


@every_module
def test_doors_say_all_they_offer(module: Module) -> None:
    doors = [
        path
        for path in files(Path(module.path))
        if {"actions", "selectors", "rules", "events"} & {path.stem, path.parent.name}
    ]
    silent = [
        f"{path.name}: {node.name}" for path in doors for node in public_things(path) if not ast.get_docstring(node)
    ]
    assert silent == []


def test_no_function_imports_something_but_to_start_the_house() -> None:
    """Words of the command line wait with Django until they know the database; nobody else imports late."""
    late = [
        f"{path.relative_to(TOWNHALL)}: {node.name}"
        for path in files(TOWNHALL)
        if path.relative_to(TOWNHALL).parts[0] not in {"config", "launch"}
        for node in functions(path)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert late == []
