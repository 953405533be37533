"""What every module owes: it says what it is for, it has its place, its rooms and pages have names."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from tests.house.modules import MODULES, TOWNHALL, files, label
from townhall.kernel.modules.base import Module

UNNAMED = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "lib", "tools", "stuff"}
README_LINES = range(3, 41)
every_module = pytest.mark.parametrize("module", MODULES, ids=label)


@every_module
def test_a_readme_says_what_the_module_is_for(module: Module) -> None:
    lines = (Path(module.path) / "README.md").read_text(encoding="utf-8").strip().splitlines()
    assert lines[0].startswith("# ")
    assert len(lines) in README_LINES, "about ten lines: what it is for, its standard, its doors, its events"
    text = "\n".join(lines)
    assert re.search(r"\bdoors?\b", text, re.IGNORECASE), "name its doors"
    assert re.search(r"\b(events?|publishes)\b", text, re.IGNORECASE), "name its events, or say that it has none"


@every_module
def test_a_readme_names_each_event_of_the_module_or_all_of_them(module: Module) -> None:
    kinds = import_module("townhall.kernel.outbox.events").KINDS
    text = (Path(module.path) / "README.md").read_text(encoding="utf-8")
    missing = [kind for kind in kinds if kind.startswith(f"{module.label}.") and kind not in text]
    assert missing == [] or f"{module.label}.*" in text


@every_module
def test_a_module_introduces_itself(module: Module) -> None:
    assert module.title
    assert module.label == module.name.rpartition(".")[2]
    assert module.path.startswith(str(TOWNHALL))


@every_module
def test_a_module_with_tables_has_one_first_migration(module: Module) -> None:
    folder = Path(module.path) / "migrations"
    if any(model._meta.managed for model in apps.get_models() if model._meta.app_label == module.label):
        assert (folder / "0001_initial.py").exists()
    if folder.exists():
        assert [path.name for path in folder.glob("0001_*.py")] in ([], ["0001_initial.py"])


@every_module
def test_a_file_is_named_after_its_subject(module: Module) -> None:
    assert [str(path) for path in files(Path(module.path), with_tests=True) if path.stem in UNNAMED] == []


@every_module
def test_templates_and_static_files_are_below_the_modules_own_name(module: Module) -> None:
    for room in ("templates", "static"):
        folder = Path(module.path) / room
        strays = [path.name for path in folder.glob("*") if path.name not in {module.label, "vendor"}]
        assert not folder.exists() or [name for name in strays if name not in NAMED_BY_OTHERS] == []


NAMED_BY_OTHERS = {"account", "allauth", "mfa", "socialaccount", "usersessions", "404.html", "500.html"}
"""Templates that libraries look for by their own names."""


def patterns(resolver: URLResolver) -> list[URLPattern]:
    """Every pattern below a resolver."""
    found: list[URLPattern] = []
    for entry in resolver.url_patterns:
        found += patterns(entry) if isinstance(entry, URLResolver) else [entry]
    return found


def catches_all(pattern: URLPattern) -> bool:
    """Whether the pattern only answers what nothing else did."""
    return str(pattern.pattern).endswith(".*$")


def test_every_page_has_a_name() -> None:
    nameless = [entry for entry in patterns(get_resolver()) if not entry.name and not catches_all(entry)]
    assert [str(entry.pattern) for entry in nameless] == []


def test_every_module_that_is_written_is_installed() -> None:
    written = {path.parent for path in TOWNHALL.glob("*/*/apps.py")} | {
        path.parent for path in TOWNHALL.glob("*/apps.py")
    }
    assert written == {Path(module.path) for module in MODULES}
