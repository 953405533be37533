"""`townhall test` and `townhall check`: the same commands on every machine."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SHELF = "tests/long/shelf"


def test(words: list[str]) -> int:
    """Run the tests on both cores, then the journeys (they start whole councils) by themselves; words go to pytest."""
    if not (ROOT / "conftest.py").exists():
        sys.stderr.write("The tests are in the source tree: run ./run test there.\n")
        return 2
    if words and not words[0].startswith("-"):
        return _run([sys.executable, "-m", "pytest", *words])
    journeys = "tests/journeys"
    many = _run([sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup", f"--ignore={journeys}", *words])
    return _run([sys.executable, "-m", "pytest", journeys, *words]) or many


def check(words: list[str]) -> int:
    """Run every static check and say at the end which failed.

    `--long` opens every page in every role and language, and kills what moves cases; `--shelf` walks through every
    service of the shelf, and tries thousands of packages at random.
    """
    python = [sys.executable, "-m"]
    steps = {
        "ruff": [*python, "ruff", "check", "."],
        "lint-imports": ["lint-imports", "--no-cache"],
        "pyright": ["pyright", "--warnings"],
        "migrations": ["townhall", "makemigrations", "--check", "--dry-run"],
        "bandit": [*python, "bandit", "--quiet", "--recursive", "townhall", "-ll", "-ii", "--exclude", "*/tests/*"],
        "semgrep": _semgrep(),
        "house": [*python, "pytest", "tests/house", "-q"],
    }
    if "--long" in words:
        steps["every page"] = [*python, "pytest", "tests/long", "-m", "long or not long", "-q", f"--ignore={SHELF}"]
        steps["every operation"] = [*python, "pytest", "tests/abuse", "-m", "long", "-q"]
    if "--shelf" in words:
        steps["every service"] = [*python, "pytest", SHELF, "-m", "long", "-n", "2", "--dist", "loadgroup"]
    failed = [name for name, command in steps.items() if _announced(name, command) != 0]
    sys.stdout.write(f"check: {'failed: ' + ', '.join(failed) if failed else 'all clean'}\n")
    return 1 if failed else 0


def _semgrep() -> list[str]:
    """The command that tries our own rules, without a network; semgrep lives apart, because it pins what others use."""
    folder = ROOT / ".townhall" / "semgrep"
    lock, stamp = ROOT / "requirements-semgrep.lock", folder / "installed"
    if not stamp.exists() or stamp.read_bytes() != lock.read_bytes():
        pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        made = [sys.executable, "-m", "venv", "--clear", str(folder)]
        if _run(made) == 0 and _run([*pip, "--require-hashes", "-r", str(lock)]) == 0:
            stamp.write_bytes(lock.read_bytes())
    options = ["--metrics", "off", "--disable-version-check", "--oss-only", "--error", "--quiet"]
    return [str(folder / "bin" / "semgrep"), "scan", "--config", "tests/house/semgrep", *options, "townhall"]


def _announced(name: str, command: list[str]) -> int:
    sys.stdout.write(f"\n== {name}\n")
    sys.stdout.flush()
    return _run(command)


def _run(command: list[str]) -> int:
    folder = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    try:
        return subprocess.run(command, cwd=ROOT, env=os.environ | {"PATH": folder}, check=False).returncode
    except FileNotFoundError:
        sys.stdout.write(f"{command[0]} is not there\n")
        return 1
