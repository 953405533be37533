"""Who may read which documents, and which are still wanted: each module answers for its own purposes."""

from collections.abc import Callable, Iterable
from typing import Any

from townhall.kernel.modules.registries import Registry

Reader = Callable[[Any, Any], bool]
"""(person or AnonymousUser, Document) -> may they read it."""

readers: Registry[Reader] = Registry("readers of documents")
"""By purpose, as in `report_photo`. A document whose purpose nobody answers for is read only where it is public."""

Holder = Callable[[], Iterable[str]]
"""Keys of the documents that forms hold which nobody has sent yet."""

holders: Registry[Holder] = Registry("forms that hold documents")
"""By module. What a form holds is not forgotten before the form is, however long ago it was added."""
