"""The threat model names tests that exist."""

import re

from tests.house.modules import ROOT

LINK = re.compile(r"\[`(test_\w+)`\]\(\.\./([\w/.]+)\)")
DOCUMENT = ROOT / "docs" / "security.md"


def named() -> list[tuple[str, str]]:
    """Each test that the threat model names, and the file that it says it is in."""
    return LINK.findall(DOCUMENT.read_text(encoding="utf-8"))


def test_each_test_of_the_threat_model_is_there() -> None:
    missing = []
    for name, path in named():
        file = ROOT / path
        if not file.exists() or f"def {name}(" not in file.read_text(encoding="utf-8"):
            missing.append(f"{path}: {name}")
    assert missing == []


def test_each_attack_names_a_test() -> None:
    rows = [line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.count("|") == 5]
    attacks = [row for row in rows if not row.startswith(("| attack", "| ---"))]
    assert len(attacks) > 25
    assert [row for row in attacks if not LINK.search(row)] == []
