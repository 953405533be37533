"""Files that come with a page: each is kept at once for its question, or it is said why not."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.translation import gettext as _

from townhall.kernel.catalogue.forms.model import Question
from townhall.kernel.documents.rules import Refused
from townhall.kernel.documents.selectors import words_of
from townhall.residents.services import actions
from townhall.residents.services.rules import Typed

MOST_AT_ONCE = 12


def take_files(
    request: HttpRequest, typed: Typed, question_at: Callable[[str], Question | None], keep: Callable[..., str]
) -> list[dict[str, str]]:
    """Keep the files that were sent, each with its answer; what to say of those that are refused.

    `keep` takes a `file` and its `place` and says its key, or raises Refused or TooManyFiles.
    """
    refused: list[dict[str, str]] = []
    wanted = [(name, file) for name, files in request.FILES.lists() for file in files]
    for number, (name, file) in enumerate(wanted):
        place = name.removeprefix("_file.")
        question = question_at(place)
        if question is None or question.kind != "files":
            continue
        try:
            if number >= MOST_AT_ONCE:
                raise actions.TooManyFiles
            key = keep(file=file, place=place)
        except Refused as problem:
            refused.append(_told(place, f"{file.name}: {words_of(problem)}"))
        except actions.TooManyFiles:
            full = _("There are as many files already as this may have")
            refused.append(_told(place, f"{file.name}: {full}"))
        else:
            typed[place] = list(dict.fromkeys([*typed.get(place, []), key]))
    return refused


def _told(place: str, text: str) -> dict[str, str]:
    """What the page says of a file, and of which question."""
    return {"text": text, "href": f"#{place.replace('.', '-')}", "question": place.rpartition(".")[2]}
