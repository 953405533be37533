"""Who may read which documents: each module answers for its own purposes."""

from collections.abc import Callable
from typing import Any

from townhall.kernel.modules.registries import Registry

Reader = Callable[[Any, Any], bool]
"""(person or AnonymousUser, Document) -> may they read it."""

readers: Registry[Reader] = Registry("readers of documents")
"""By purpose, as in `report_photo`. A document whose purpose nobody answers for is read only where it is public."""
