"""What documents hold about people: the photos and files they sent."""

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from townhall.kernel.documents.models import Document
from townhall.kernel.documents.storage import name_of, store
from townhall.kernel.identity.models import Person
from townhall.kernel.privacy.registries import File, Holding, Record, Retention, holding


def find_documents(person: Person) -> list[Record]:
    """What the person sent, signed in or with a report of theirs. What others added to the case later is left out."""
    with_their_report = Q(by__isnull=True, case__reporter=person, created_at__lte=F("case__opened_at"))
    return [
        Record(
            title=_("Photo or file that you sent"),
            at=document.created_at,
            values={_("Name"): document.name, _("Size in bytes"): document.size, _("Public"): document.is_public},
            files=(File(document.name, str(document.pk)),),
        )
        for document in Document.objects.filter(Q(by=person) | with_their_report)
    ]


def read_file(key: str) -> bytes:
    """The bytes of a document. Raises FileNotFoundError."""
    document = Document.objects.filter(pk=key).first()
    if document is None:
        raise FileNotFoundError(key)
    with store().open(name_of(document.sha256, "full")) as file:
        return file.read()


holding(
    Holding(
        key="documents.documents",
        title=gettext_lazy("Photos and files that you sent"),
        lawful_basis=gettext_lazy("Public task (UK GDPR, Article 6(1)(e))"),
        retention=Retention(None, gettext_lazy("As long as the case they belong to; 28 days where you sent no form")),
        models=("documents.Document",),
        find=find_documents,
        read_file=read_file,
    )
)
