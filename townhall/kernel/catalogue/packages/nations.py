"""Where a service exists: its law is that of some nations, and a council in another has to be told."""

from collections.abc import Sequence

from townhall.kernel.catalogue.decisions.model import Place
from townhall.kernel.catalogue.decisions.workshop import Problem

NAMES = {"england": "England", "wales": "Wales", "scotland": "Scotland", "northern_ireland": "Northern Ireland"}


def in_words(nations: Sequence[str]) -> str:
    """The nations, in English: England, Wales and Scotland."""
    names = [NAMES[each] for each in nations]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def is_for(nations: Sequence[str], nation: str) -> bool:
    """Whether a service of these nations exists in one; where none is named it exists in all."""
    return not nations or nation in nations


def elsewhere(nations: Sequence[str], nation: str) -> Problem | None:
    """What a council is told where a service of these nations does not exist in its own; nothing where it does."""
    if is_for(nations, nation):
        return None
    about = f"This is a service for {in_words(nations)}, and this council is in {NAMES[nation]}: the law is another."
    cure = f"Begin a service of your own with the law of {NAMES[nation]}; name that nation under 'nations' only then."
    return Problem(Place("service.yaml", 1), about, cure)
