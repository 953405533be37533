"""What the front page's search knows beside reports: each module adds the services that residents look for."""
from dataclasses import dataclass
from typing import Any

from townhall.kernel.modules.registries import Registry


@dataclass(frozen=True, slots=True)
class Service:
    """Something to get done here. Titles may be lazy; `keywords` are what people type for it, in both languages."""

    title: Any
    text: Any
    url_name: str
    keywords: tuple[str, ...] = ()


services: Registry[Service] = Registry("services on the front page")
