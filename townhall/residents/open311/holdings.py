"""What Open311 holds about people: which of their reports went to another authority. Reports hold what they said."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from townhall.kernel.authority import selectors as authority
from townhall.kernel.identity.models import Person
from townhall.kernel.privacy.registries import Holding, Record, Retention, holding, not_personal
from townhall.residents.open311.models import Forwarded


def find_forwarded(person: Person) -> list[Record]:
    """To whom the person's reports were sent on, and under which number they are there."""
    found = Forwarded.objects.filter(case__reporter=person).select_related("case").order_by("case__opened_at")
    return [_record(forwarded) for forwarded in found]


def _record(forwarded: Forwarded) -> Record:
    other = authority.by_code(forwarded.gss_code)
    name = other.name if other else forwarded.gss_code
    values = {_("Reference"): forwarded.case.reference, _("Their reference"): forwarded.their_id}
    return Record(_("Passed to %(name)s") % {"name": name}, forwarded.sent_at, values)


holding(
    Holding(
        key="open311.forwarded",
        title=gettext_lazy("Reports that we passed to another council"),
        lawful_basis=gettext_lazy("Public task (UK GDPR, Article 6(1)(e))"),
        retention=Retention(None, gettext_lazy("As long as the report they belong to")),
        models=("open311.Forwarded",),
        find=find_forwarded,
    )
)
not_personal.add("open311.ApiKey", "names of other systems")
not_personal.add("open311.RemotePhoto", "web addresses of photos; the photos are documents")
