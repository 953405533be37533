"""`townhall doctor`: what is set, what can be reached, what to do."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand

from townhall.kernel.modules.checkups import Finding, examine
from townhall.launch import environment
from townhall.launch.environment import Setting

SIGNS = {"well": "ok  ", "note": "note", "ill": "ILL "}
"""Words, not colours alone."""


class Command(BaseCommand):
    """Prints the settings and every finding. Exits with 1 where something must be put right."""

    help = "Say what is set, what can be reached, and what to do."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Look at everything, then say how it is."""
        self.stdout.write("What is set\n")
        for setting in environment.SETTINGS:
            self.stdout.write(f"  {setting.name:26} {shown(setting)}")
        self.stdout.write("\nWhat was found\n")
        ill = 0
        for finding in examine():
            ill += finding.state == "ill"
            self.stdout.write("\n".join(lines(finding)))
        self.stdout.write(f"\n{verdict(ill)}")
        if ill:
            sys.exit(1)


def shown(setting: Setting) -> str:
    """A setting's value for a person to read: secrets only as set or not, defaults named as such."""
    value = os.environ.get(setting.name, "").strip()
    if setting.secret:
        return "set (secret)" if value else "not set"
    return value or (f"{setting.default} (default)" if setting.default else "not set")


def lines(finding: Finding) -> list[str]:
    """A finding in one line, and what to do about it in the next."""
    first = f"  {SIGNS[finding.state]}  {finding.subject}: {finding.says}"
    return [first, f"        -> {finding.advice}"] if finding.advice and finding.state != "well" else [first]


def verdict(ill: int) -> str:
    """The last line."""
    return f"{ill} to put right." if ill else "All well."
