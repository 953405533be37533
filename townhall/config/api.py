"""The documented API at /api/: every module's `api.router`, under the module's label."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from ninja import NinjaAPI

from townhall.kernel.modules.base import Module

api = NinjaAPI(
    title="Townhall",
    version="1",
    description="Reads of this council's public data, and of its measures.",
    docs_url=None,
)
for module in apps.get_app_configs():
    if isinstance(module, Module) and find_spec(f"{module.name}.api") is not None:
        router = getattr(import_module(f"{module.name}.api"), "router", None)
        if router is not None:
            api.add_router(f"/{module.label}/", router, tags=[module.title])
