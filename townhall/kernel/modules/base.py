"""How a module introduces itself to the house."""

from importlib import import_module
from importlib.util import find_spec
from typing import ClassVar

from django.apps import AppConfig

ROOMS = ("events", "subscribers", "jobs", "permissions", "holdings", "panels", "measures", "checks", "doctor", "api")


class Module(AppConfig):
    """A module's declaration. `ready` loads those of `ROOMS` that it has: what others may hear of.

    `standard` names the open standard it follows; `prefix` is where its pages begin ("" for the root);
    `demo_only` keeps it out of a real council's installation.
    """

    default_auto_field = "django.db.models.BigAutoField"
    default = False
    title: ClassVar[str] = ""
    standard: ClassVar[str] = ""
    prefix: ClassVar[str | None] = None
    demo_only: ClassVar[bool] = False

    def ready(self) -> None:
        """Load the rooms that others may hear of."""
        for room in ROOMS:
            if find_spec(f"{self.name}.{room}") is not None:
                import_module(f"{self.name}.{room}")

    @property
    def verbose_title(self) -> str:
        """The module's title, or its label where it has none."""
        return self.title or self.label
