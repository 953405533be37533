from importlib import import_module

from townhall.kernel.modules import base


class Privacy(base.Module):
    name = "townhall.kernel.privacy"
    title = "Privacy"
    standard = "UK GDPR, Data Protection Act 2018"
    prefix = "privacy/"

    def ready(self) -> None:
        """Load the rooms, and where privacy appears on every page."""
        super().ready()
        import_module("townhall.kernel.privacy.context")
