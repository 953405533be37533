"""The layers that modules put on the map."""

from collections.abc import Callable

from django.http import HttpRequest

from townhall.kernel.mapping.rules import Wanted
from townhall.kernel.modules.registries import Registry

map_layers: Registry[Callable[[HttpRequest], Wanted]] = Registry("map layers")
"""By the name in the address: a function that says which cases a request may see and asks for. It raises
PermissionDenied for people who may see none.
"""
