"""Who may read what somebody sent with an application and what was made for it, and who may ask how it stands."""

from typing import TYPE_CHECKING, Any

from townhall.kernel.cases.permissions import is_ones_own, may_view
from townhall.kernel.documents.registries import readers
from townhall.kernel.identity.models import PersonKey
from townhall.residents.services.models import APPLICANT, Application, DocumentOrder

if TYPE_CHECKING:
    from townhall.kernel.documents.models import Document


@readers.register("service_document")
def may_see_made(person: Any, document: "Document") -> bool:
    """Staff who see the case, and whoever applied where it was made for them."""
    case = document.case
    if case is None or may_view(person, case):
        return case is not None
    is_theirs = DocumentOrder.objects.filter(document_id=document.pk, to__in=APPLICANT).exists()
    return is_theirs and is_ones_own(person, case)


@readers.register("service_file")
@readers.register("service_answer")
def may_see_file(person: Any, document: "Document") -> bool:
    """Staff who see the case, and whoever applied. Until it is sent, its writer alone, by a link of a day."""
    case = document.case
    return case is not None and (may_view(person, case) or is_ones_own(person, case))


def has_sent(key: PersonKey, application: Application) -> bool:
    """Whether a key may send applications, and its person sent this one."""
    submission = getattr(application, "submission", None)
    return PersonKey.Scope.SEND in key.scopes and submission is not None and submission.by_id == key.person_id
