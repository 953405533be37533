"""What tests of the house look at: every module, its files, its functions."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

from townhall.kernel.modules.base import Module

ROOT = Path(__file__).resolve().parents[2]
TOWNHALL = ROOT / "townhall"
MODULES = [config for config in apps.get_app_configs() if isinstance(config, Module)]
LOOSE = {"migrations", "static", "node_modules"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def label(module: Module) -> str:
    """How pytest names a module."""
    return module.label


def files(folder: Path, *, with_tests: bool = False) -> list[Path]:
    """The Python files of ours below a folder, without migrations and, unless asked for, without tests."""
    found = sorted(folder.rglob("*.py"))
    return [path for path in found if not LOOSE & set(path.parts) and (with_tests or "tests" not in path.parts)]


def functions(path: Path) -> Iterator[Function]:
    """Every function and method in a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def tenth_largest(sizes: list[int]) -> int:
    """The size that nine tenths do not pass; 0 for none."""
    ordered = sorted(sizes)
    return ordered[min(len(ordered) - 1, len(ordered) * 9 // 10)] if ordered else 0
