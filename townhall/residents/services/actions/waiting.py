"""Files are kept at once, and wait for what they were chosen for: another answer that is wrong, or signing in again."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.files import File
from django.db import transaction

from townhall.kernel.documents import actions as documents
from townhall.kernel.documents import selectors as kept
from townhall.kernel.identity.models import Person
from townhall.residents.services.actions.filling import MOST_FILES, PURPOSE, TooManyFiles, note_file
from townhall.residents.services.models import Application, WaitingFile
from townhall.residents.services.rules import Choosing

if TYPE_CHECKING:
    from townhall.kernel.documents.models import Document

WAITS, HELD_FOR = timedelta(days=1), timedelta(hours=1)
"""How long a file waits for a message, and for whoever had been signed out to sign in again."""


def keep_waiting(
    *, choosing: Choosing, file: File, place: str, by: Person | None, at: datetime, lasts: timedelta = WAITS
) -> str:
    """Keep a file that was chosen for a question; its key, that of the same one where it waits there already.

    Raises Refused, TooManyFiles.
    """
    one = documents.keep(file=file, purpose=PURPOSE, by=by, at=at)
    try:
        key = _note(choosing, one, place, at + lasts)
    except TooManyFiles:
        documents.remove([one.pk])
        raise
    if key != str(one.pk):
        documents.remove([one.pk])
    return key


def _note(choosing: Choosing, one: "Document", place: str, until: datetime) -> str:
    made = WaitingFile(
        document=one, application_id=choosing.application_id, what=choosing.what, whose=choosing.whose, place=place,
        until=until,
    )  # fmt: skip
    with transaction.atomic():
        Application.objects.select_for_update().only("pk").get(pk=choosing.application_id)
        waiting = list(WaitingFile.objects.chosen(choosing))
        again = next((each for each in waiting if each.told == made.told), None)
        if again is not None:
            WaitingFile.objects.filter(pk=again.pk).update(until=until)
            return str(again.pk)
        sent = sum(each.purpose == PURPOSE for each in kept.of_case(choosing.application_id))
        if sent + len(waiting) >= MOST_FILES:
            raise TooManyFiles
        made.save(force_insert=True)
    return str(made.pk)


def give_waiting(choosing: Choosing, keys: Iterable[str]) -> bool:
    """Give the case those of the files that were chosen which are among `keys`, and forget the others; False, with
    nothing changed, where one of `keys` does not wait any more.
    """
    wanted = set(keys)
    with transaction.atomic():
        found = WaitingFile.objects.chosen(choosing).select_for_update(of=("self",))
        waiting = {str(each.pk): each.pk for each in found}
        if not wanted <= waiting.keys():
            return False
        WaitingFile.objects.filter(pk__in=waiting.values()).delete()
        documents.attach([waiting[key] for key in wanted], choosing.application_id, is_public=False)
        documents.remove([pk for key, pk in waiting.items() if key not in wanted])
    return True


def take_in_waiting(choosing: Choosing, application: Application) -> dict[str, str]:
    """Give the files that waited for a page to its application, which is not sent, as sent by whoever applies; under
    which key it has each. Raises AlreadySent, TooManyFiles.
    """
    with transaction.atomic():
        waiting = list(WaitingFile.objects.chosen(choosing).select_for_update(of=("self",)))
        found = {str(each.pk): note_file(application, str(each.pk), each.told) for each in waiting}
        WaitingFile.objects.filter(pk__in=[each.pk for each in waiting]).delete()
        if application.person is not None:
            documents.name_sender([each.pk for each in waiting], application.person)
        documents.remove([each.pk for each in waiting if found[str(each.pk)] != str(each.pk)])
    return found


def forget_waiting(choosing: Choosing, keys: Iterable[str] | None = None) -> None:
    """Forget files that somebody chose and takes back; all of them where none is named."""
    named = None if keys is None else set(keys)
    with transaction.atomic():
        waiting = list(WaitingFile.objects.chosen(choosing).select_for_update(of=("self",)))
        documents.remove([each.pk for each in waiting if named is None or str(each.pk) in named])


def forget_waiting_files(at: datetime, most: int = 500) -> int:
    """Forget files whose time is over and that nobody sent; how many."""
    with transaction.atomic():
        old = WaitingFile.objects.filter(until__lt=at).order_by("until").select_for_update(skip_locked=True)
        keys = [each.pk for each in old[:most]]
        documents.remove(keys)
    return len(keys)
