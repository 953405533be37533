"""Who may read what somebody sent with an application, and the documents that were made for it."""

from typing import TYPE_CHECKING, Any

from townhall.kernel.cases.permissions import is_ones_own, may_view
from townhall.kernel.documents.registries import readers

if TYPE_CHECKING:
    from townhall.kernel.documents.models import Document


@readers.register("service_document")
@readers.register("service_answer")
def may_see_file(person: Any, document: "Document") -> bool:
    """Staff who see the case, and whoever applied. Until it is sent, its writer alone, by a link of a day."""
    case = document.case
    return case is not None and (may_view(person, case) or is_ones_own(person, case))
