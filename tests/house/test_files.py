"""What no committed file may hold: addresses of package registries, places on somebody's machine, secrets."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.house.modules import ROOT

LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-semgrep.lock", "package-lock.json"]
REGISTRIES = re.compile(r"(pypi\.org|pythonhosted\.org|registry\.npmjs\.org|registry\.yarnpkg\.com|npmmirror)")
MACHINES = re.compile(r"(?<![\w./<-])/(home|Users|root|workspace|private/tmp)/[\w.-]+|" + re.escape(str(ROOT)))
SECRETS = re.compile(r"(-----BEGIN [A-Z ]*PRIVATE KEY-----|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36})")
OPEN_LINES = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
BINARY = {".png", ".jpg", ".ico", ".woff2", ".woff", ".mo", ".pbf", ".gz", ".webp", ".pdf"}


def committed() -> list[Path]:
    """Every committed file that is text; without git, every file of the tree's source folders."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = listed.stdout.split("\0") if listed.returncode == 0 else []
    found = [ROOT / name for name in names if name] or [*(ROOT / "townhall").rglob("*"), *(ROOT / "docs").rglob("*")]
    return [path for path in found if path.is_file() and path.suffix not in BINARY]


def naming(pattern: re.Pattern[str]) -> list[str]:
    """The committed files, and the words in them, that a pattern finds; this file is left out."""
    hits: list[str] = []
    for path in committed():
        if path == Path(__file__).resolve():
            continue
        found = pattern.search(path.read_text(encoding="utf-8", errors="ignore"))
        hits += [f"{path.relative_to(ROOT)}: {found.group()}"] if found else []
    return hits


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_names_no_web_address(name: str) -> None:
    assert re.findall(r"https?://\S+", (ROOT / name).read_text(encoding="utf-8"))[:3] == []


def test_no_file_names_a_package_registry() -> None:
    assert naming(REGISTRIES) == []


def test_no_file_names_a_place_on_a_machine() -> None:
    assert naming(MACHINES) == []


def test_no_file_holds_a_secret() -> None:
    assert naming(SECRETS) == []


def test_no_file_leaves_something_to_do() -> None:
    assert naming(OPEN_LINES) == []


def test_locks_that_name_registries_are_not_committed() -> None:
    names = {path.name for path in committed()}
    assert not names & {"uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock"}
