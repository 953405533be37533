"""Who may set up categories, look at held reports, and see what is not public."""
from typing import TYPE_CHECKING, Any

from townhall.kernel.cases.permissions import is_ones_own, may_view, may_work
from townhall.kernel.documents.registries import readers
from townhall.kernel.identity.permissions import may_set_up
from townhall.kernel.identity.registries import permission
from townhall.residents.reports.models import Report

if TYPE_CHECKING:
    from townhall.kernel.documents.models import Document


@permission("reports.set_up_categories")
def may_set_up_categories(person: Any, record: Any) -> bool:
    """Administrators change categories and their questions."""
    return may_set_up(person, record)


@permission("reports.release")
def may_release(person: Any, report: Report) -> bool:
    """Whoever works the case lets the public see a held report or note."""
    return may_work(person, report.case)


@readers.register("report_photo")
def may_see_photo(person: Any, document: "Document") -> bool:
    """Staff who see the case, and whoever reported it; everyone sees the public ones."""
    case = document.case
    return case is not None and (may_view(person, case) or is_ones_own(person, case))
