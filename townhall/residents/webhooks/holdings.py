"""What webhooks hold about people: what services have handed to other systems about them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from townhall.kernel.identity.models import Person
from townhall.kernel.privacy.registries import Holding, Record, Retention, holding, not_personal
from townhall.residents.webhooks.actions import sent_values
from townhall.residents.webhooks.models import Call


def find_calls(person: Person) -> list[Record]:
    """What was handed to other systems for what the person applied for; what was said is kept for 30 days."""
    found = Call.objects.filter(case__reporter=person).select_related("system", "case").order_by("created_at")
    return [
        Record(
            _("Handed to another system"), each.created_at,
            {_("System"): each.system.name, _("Reference"): each.case.reference if each.case else ""}
            | {name: str(value) for name, value in sent_values(each).items()},
        )
        for each in found
    ]  # fmt: skip


holding(Holding(
    key="webhooks.calls", title=gettext_lazy("What was handed to other systems"),
    lawful_basis=gettext_lazy("Public task (UK GDPR, Article 6(1)(e))"),
    retention=Retention(None, gettext_lazy("As long as the case they belong to; what was said, 30 days")),
    models=("webhooks.Call",), find=find_calls,
))  # fmt: skip
not_personal.add("webhooks.Hook", "names and addresses of other systems")
not_personal.add("webhooks.System", "names and addresses of other systems")
not_personal.add("webhooks.Delivery", "public facts of cases, without a word that anybody typed")
