from pathlib import Path

from django.apps import apps

from townhall.kernel.modules import base
from townhall.kernel.notify import registries


class Notify(base.Module):
    name = "townhall.kernel.notify"
    title = "Letters"
    standard = "GOV.UK Notify API v2"
    prefix = "letters/"

    def ready(self) -> None:
        """Load our rooms, and the letters of every module."""
        super().ready()
        for module in apps.get_app_configs():
            registries.load_folder(Path(module.path) / "letters", module.label)
