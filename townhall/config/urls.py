"""Every module's pages at its prefix."""

from importlib.util import find_spec

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path

from townhall.config import api, health
from townhall.kernel.modules.base import Module

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
]
for module in apps.get_app_configs():
    if isinstance(module, Module) and module.prefix is not None and find_spec(f"{module.name}.urls") is not None:
        urlpatterns.append(path(module.prefix, include(f"{module.name}.urls")))
urlpatterns.append(path("api/", api.api.urls))

handler400 = "townhall.config.errors.bad_request"
handler403 = "townhall.config.errors.permission_denied"
handler404 = "townhall.config.errors.not_found"
handler500 = "townhall.config.errors.server_error"
