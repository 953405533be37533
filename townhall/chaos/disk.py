"""A small disk of our own for the data folder, so that it can be filled without harm to anybody."""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from io import FileIO
from pathlib import Path
from typing import NoReturn

INSIDE = "TOWNHALL_CHAOS_INSIDE"
SIZE = "640m"
CHUNK = b"\0" * 1_000_000


def go_inside(words: list[str]) -> str:
    """Run this command again where it may mount; the reason where that is forbidden.

    A mount namespace of our own: what is mounted there is seen by nobody else, and is gone with the last process.
    """
    if os.environ.get(INSIDE):
        return ""
    unshare = shutil.which("unshare")
    if unshare is None:
        return "unshare is not on this machine"
    wrapper = [unshare, "-m"] if os.geteuid() == 0 and _may([unshare, "-m"]) else [unshare, "-Urm"]
    if not _may(wrapper):
        return "this machine allows no mount of our own (unshare -Urm)"
    return _again(wrapper, words)


def _again(wrapper: list[str], words: list[str]) -> NoReturn:
    os.environ[INSIDE] = "1"
    os.execvp(wrapper[0], [*wrapper, sys.executable, "-m", "townhall", "chaos", *words])  # noqa: S606


def _may(wrapper: list[str]) -> bool:
    command = [*wrapper, "sh", "-c", "mount --make-rprivate / && mount -t tmpfs tmpfs /mnt"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


class Disk:
    """A tmpfs at `folder`, and a file that takes what is left of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.filler = folder / "filler"

    def mount(self) -> None:
        """Put the small disk there."""
        for command in (
            ["mount", "--make-rprivate", "/"],
            ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=0700", "tmpfs", str(self.folder)],
        ):
            subprocess.run(command, check=True)

    def fill(self, seconds: float) -> None:
        """Take every byte that is free or becomes free, for so long; then give all of it back."""
        until = time.monotonic() + seconds
        try:
            with self.filler.open("wb", buffering=0) as file:
                while time.monotonic() < until:
                    self._take_all(file)
                    time.sleep(0.05)
        finally:
            self.filler.unlink(missing_ok=True)

    def _take_all(self, file: FileIO) -> None:
        size = len(CHUNK)
        while size >= 512:
            try:
                written = file.write(CHUNK[:size])
            except OSError:
                size //= 2
                continue
            if not written:
                break

    def leave(self) -> None:
        """Take the small disk away."""
        with contextlib.suppress(OSError):
            subprocess.run(["umount", "--lazy", str(self.folder)], capture_output=True, check=False)
