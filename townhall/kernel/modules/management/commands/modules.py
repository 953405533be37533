"""`townhall modules`: every module with its standard, doors and events."""

from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand

from townhall.kernel.modules.base import Module

DOORS = ("actions", "selectors", "events", "rules", "registries", "permissions")


class Command(BaseCommand):
    """Prints one block per module."""

    help = "List every module with its standard, doors and events."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print them in the order in which they are installed."""
        for module in apps.get_app_configs():
            if isinstance(module, Module):
                self.stdout.write("\n".join(self.describe(module)))

    def describe(self, module: Module) -> list[str]:
        """The lines of one module."""
        there = [
            door for door in DOORS if (Path(module.path) / f"{door}.py").exists() or (Path(module.path) / door).is_dir()
        ]
        lines = [f"{module.name}: {module.verbose_title}"]
        lines += [f"  standard  {module.standard}"] if module.standard else []
        lines += [f"  pages     /{module.prefix}"] if module.prefix is not None else []
        lines += [f"  doors     {', '.join(there)}"] if there else []
        events = sorted(kind for kind in self.kinds() if kind.startswith(f"{module.label}."))
        return lines + ([f"  events    {', '.join(events)}"] if events else [])

    def kinds(self) -> list[str]:
        """Every declared kind of event."""
        return list(import_module("townhall.kernel.outbox.events").KINDS)
