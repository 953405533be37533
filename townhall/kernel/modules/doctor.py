"""What the doctor looks at on the machine itself: programs, disk, settings."""

import importlib.metadata
import os
import platform
import shutil
import subprocess
from collections.abc import Sequence

from django.conf import settings
from django.core import checks

from townhall.kernel.modules.checkups import Finding, checkups
from townhall.launch import environment

LEAST_FREE_GB = 2.0
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
KNOWN_ELSEWHERE = {
    "TOWNHALL_LOG_LEVEL",
    "TOWNHALL_THREADS",
    "TOWNHALL_VENV",
    "TOWNHALL_BROWSER",
    "TOWNHALL_TEST_POSTGRES",
}


@checkups.register("programs")
def programs() -> Sequence[Finding]:
    """Python, Townhall and the browser of the tests."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    browser = Finding(
        "Chromium", "is not on this machine; only browser tests need it", "note", "install the package chromium"
    )
    if found:
        said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False, timeout=20)
        browser = Finding("Chromium", said.stdout.strip() or found)
    return [
        Finding("Townhall", importlib.metadata.version("townhall")),
        Finding("Python", platform.python_version()),
        browser,
    ]


@checkups.register("disk")
def disk() -> Sequence[Finding]:
    """Room in the folder where this installation keeps its files, and whether it may write there."""
    home = settings.TOWNHALL_HOME
    home.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(home).free / 1e9
    room = Finding("Disk", f"{free:.1f} GB free")
    if free < LEAST_FREE_GB:
        room = Finding(
            "Disk", room.says, "ill", f"free some space where TOWNHALL_HOME is, at least {LEAST_FREE_GB:.0f} GB"
        )
    if os.access(home, os.W_OK):
        return [room]
    return [
        room,
        Finding("TOWNHALL_HOME", "cannot be written to", "ill", "give the folder to the user that runs Townhall"),
    ]


@checkups.register("settings")
def misspelt() -> Sequence[Finding]:
    """Variables that begin with TOWNHALL_ and mean nothing to us: mostly slips of the pen."""
    known = {setting.name for setting in environment.SETTINGS} | KNOWN_ELSEWHERE
    strange = sorted(name for name in os.environ if name.startswith("TOWNHALL_") and name not in known)
    return [
        Finding(
            name, "is set, but there is no such setting", "ill", "look for the right name in docs/reference/settings.md"
        )
        for name in strange
    ]


@checkups.register("production")
def production() -> Sequence[Finding]:
    """Settings that do not go together on a real council's installation."""
    found: list[Finding] = []
    is_public = settings.TOWNHALL_URL.startswith("https://")
    if settings.DEBUG:
        found.append(Finding("TOWNHALL_DEBUG", "shows traces to everybody", "ill", "unset it"))
    if settings.TOWNHALL_DEMO:
        found.append(
            Finding(
                "TOWNHALL_DEMO",
                "anyone can sign in as anyone",
                "ill" if is_public else "note",
                "unset it for a real council",
            )
        )
    if is_public and not settings.SESSION_COOKIE_SECURE:
        found.append(Finding("TOWNHALL_HTTPS", "is 0 although TOWNHALL_URL is https", "ill", "set TOWNHALL_HTTPS=1"))
    if not is_public and not settings.TOWNHALL_DEMO:
        found.append(
            Finding("TOWNHALL_URL", "is not https", "note", "set it to the address residents use, for links in letters")
        )
    if is_public and not settings.TOWNHALL_PROXIES:
        advice = "set it to the number of your proxies, or every visitor seems to come from one address"
        found.append(Finding("TOWNHALL_PROXIES", "is 0 although TOWNHALL_URL is https", "note", advice))
    return found


@checkups.register("Django")
def start_up() -> Sequence[Finding]:
    """The checks that every process makes when it starts."""
    messages = [
        message for message in checks.run_checks() if message.level >= checks.WARNING and not message.is_silenced()
    ]
    return [
        Finding(str(message.id), str(message.msg), "ill" if message.is_serious() else "note", str(message.hint or ""))
        for message in messages
    ] or [Finding("Start-up checks", "nothing to say")]
