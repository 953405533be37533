"""Every file of this folder measures something and registers it by `@measurement`; all of them are found by `find`."""

import importlib
import pkgutil


def find() -> None:
    """Load every file of this folder, so that its figures are known."""
    for found in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{found.name}")
