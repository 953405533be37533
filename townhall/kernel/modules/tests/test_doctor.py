"""What the doctor says, and that it keeps secrets."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from townhall.kernel.modules.checkups import Finding, checkups, examine, first_line
from townhall.kernel.modules.management.commands.doctor import lines, shown, verdict
from townhall.launch.environment import Setting


@pytest.fixture
def only() -> Iterator[Any]:
    """Call it with checkups: the doctor looks at nothing else."""
    kept = checkups._entries
    checkups._entries = {}
    yield lambda **entries: checkups._entries.update(entries)
    checkups._entries = kept


def examined() -> tuple[str, int]:
    """What the doctor prints, and the status it exits with."""
    printed = StringIO()
    try:
        call_command("doctor", stdout=printed)
    except SystemExit as end:
        return printed.getvalue(), int(end.code or 0)
    return printed.getvalue(), 0


def test_all_well_exits_with_nought(only: Any) -> None:
    only(disk=lambda: [Finding("Disk", "90 GB free"), Finding("Demo", "is on", "note", "unset it")])
    printed, status = examined()
    assert status == 0
    assert "ok    Disk: 90 GB free" in printed
    assert "-> unset it" in printed
    assert "All well." in printed


def test_something_ill_exits_with_one_and_says_what_to_do(only: Any) -> None:
    only(worker=lambda: [Finding("Worker", "has never run", "ill", "start: townhall worker")])
    printed, status = examined()
    assert status == 1
    assert "-> start: townhall worker" in printed
    assert "1 to put right." in printed


def test_a_checkup_that_breaks_is_a_finding_and_the_others_go_on(only: Any) -> None:
    def broken() -> list[Finding]:
        raise ConnectionError("postgresql://me:secret@host is not there")

    only(first=broken, second=lambda: [Finding("Second", "well")])
    found = list(examine())
    assert [each.state for each in found] == ["ill", "well"]
    assert "secret" not in f"{found[0]}"


def test_a_secret_is_never_printed(monkeypatch: pytest.MonkeyPatch, only: Any) -> None:
    monkeypatch.setenv("TOWNHALL_NOTIFY_KEY", "hush-hush")
    printed, _ = examined()
    assert "hush-hush" not in printed
    assert "TOWNHALL_NOTIFY_KEY        set (secret)" in printed


def test_a_setting_is_shown_with_where_it_comes_from(monkeypatch: pytest.MonkeyPatch) -> None:
    setting = Setting("TOWNHALL_EXAMPLE", "nothing", "7")
    assert shown(setting) == "7 (default)"
    monkeypatch.setenv("TOWNHALL_EXAMPLE", "8")
    assert shown(setting) == "8"


def test_what_is_well_needs_no_advice() -> None:
    assert lines(Finding("Disk", "full of room", "well", "nothing")) == ["  ok    Disk: full of room"]
    assert verdict(0) == "All well."


def test_a_failure_is_told_in_one_line() -> None:
    assert first_line(ValueError("first\nsecond")) == "first"
    assert first_line(ValueError()) == ""


@pytest.mark.django_db
def test_the_real_checkups_look_at_this_installation() -> None:
    subjects = {finding.subject: finding for finding in examine()}
    assert subjects["The role that serves"].says == "owns nothing"
    assert subjects["Tables"].state == "well"
    assert subjects["Worker"].state == "ill"
    assert subjects["Relay"].says == "nothing waits"
    assert not [finding for finding in subjects.values() if "could not be looked at" in finding.says]
