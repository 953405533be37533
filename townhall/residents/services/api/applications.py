"""Applications that another system sends, and how they stand. Each file comes first and is named by its answer."""

from typing import Any, cast

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import UploadedFile
from ninja.params.functions import File, Header
from ninja.responses import Status

from townhall.kernel.catalogue.forms.engine import LimitReached
from townhall.kernel.documents import actions as documents
from townhall.kernel.documents.rules import Refused as FileRefused
from townhall.kernel.documents.selectors import words_of
from townhall.kernel.identity.bearers import Colleague
from townhall.kernel.identity.models import PersonKey
from townhall.kernel.identity.permissions import allows, check
from townhall.kernel.modules.keys import tidy_reference
from townhall.kernel.modules.openapi import Fault, Problem, Refused, Text
from townhall.kernel.privacy import actions as privacy
from townhall.residents.services import actions, selectors
from townhall.residents.services.api import shapes
from townhall.residents.services.api.services import router, version_of
from townhall.residents.services.models import Application
from townhall.residents.services.permissions import has_sent

READ, SEND = PersonKey.Scope.READ, PersonKey.Scope.SEND
ANSWERS = {201: shapes.SentOut, 409: Problem}
MOST_TOLD = 100
"""So many mistakes are told at once."""
FILE: Any = File(..., description="A photo or a PDF")
WORD: Any = Header(
    ..., alias="Idempotency-Key", min_length=1, max_length=200, pattern="^[!-~]+$",
    description="Your own word for this application: the same again, with the same body, sends nothing twice",
)  # fmt: skip


@router.get(
    "/applications/{reference}", response=shapes.StandingOut, auth=Colleague(SEND, READ), url_name="application"
)
def standing(request: HttpRequest, reference: Text) -> dict[str, Any]:
    """How an application stands, for whose key sent it and for whoever may see its case. That these looked is kept."""
    application, key = selectors.of_reference(tidy_reference(reference)), _key(request)
    if application is None or not (has_sent(key, application) or _may_look(key, application)):
        raise Http404(reference)
    return shapes.standing_out(application)


def _may_look(key: PersonKey, application: Application) -> bool:
    case = application.case
    if case is None or READ not in key.scopes or not allows(key.person, "cases.view_case", case):
        return False
    if case.reporter_id:
        privacy.note_look(case.reporter_id, key.person, case.pk, timezone.now())
    return True


@router.post("/{slug}/files", response={201: shapes.FileOut}, auth=Colleague(SEND), url_name="service_files")
def keep_file(request: HttpRequest, slug: Text, file: UploadedFile = FILE) -> Status:
    """Keep a file ahead of an application, which names it within a day. Put the answer among its answers as it is."""
    person = _key(request).person
    check(person, "identity.have_key")
    version_of(slug)
    try:
        kept = documents.keep(file=file, purpose=actions.AHEAD, by=person, at=timezone.now())
    except FileRefused as problem:
        said = words_of(problem)
        raise Refused(422, said, [Fault(where="file", says=said)]) from problem
    return Status(201, {"file": str(kept.pk), "name": kept.name, "size": kept.size, "type": kept.content_type})


@router.post("/{slug}/applications", response=ANSWERS, auth=Colleague(SEND), url_name="applications")
def send(request: HttpRequest, slug: Text, sent: shapes.ApplicationIn, word: str = WORD) -> Status:
    """Send an application, checked by the same rules as on our pages; letters and the process follow from it. What is
    wrong with an answer has its `page`, `question` and `rule` in `errors` too, and is said in the reader's language.
    """
    person = _key(request).person
    check(person, "identity.have_key")
    before = actions.sent_before(by=person, word=word)
    is_same = before is not None and before.application.version.slug == slug
    version = before.application.version if before and is_same else version_of(slug, sent.version)
    sending = actions.Sending(
        by=person, word=word, body=request.body, version=version, language=sent.language, answers=sent.answers
    )
    return Status(201, shapes.sent_out(_submitted(sending)))


def _submitted(sending: actions.Sending) -> Any:
    """What came of it. Raises Refused with every mistake."""
    try:
        return actions.submit(sending=sending, at=timezone.now())
    except actions.NotAsAsked as problem:
        form, many = selectors.package(sending.version).form, len(problem.mistakes)
        faults = [shapes.wrong_answer(form, each) for each in problem.mistakes[:MOST_TOLD]]
        raise Refused(422, f"Some answers cannot be taken: {many}. errors says why.", faults) from problem
    except actions.SentOtherwise as problem:
        raise Refused(409, "This Idempotency-Key came before with another body, or for another service.") from problem
    except (actions.TooManyFiles, LimitReached) as problem:
        raise Refused(422, "There is more in these answers than can be taken.") from problem


def _key(request: HttpRequest) -> PersonKey:
    """The key that calls."""
    return cast("PersonKey", request.auth)  # pyright: ignore[reportAttributeAccessIssue]
