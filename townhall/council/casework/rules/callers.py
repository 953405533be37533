"""Whether a caller is who they say: two of three answers, compared and never shown. Pure."""

import re
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["matches", "differs", "not_asked", "not_known"]
NEEDED = 2


@dataclass(frozen=True, slots=True)
class Known:
    """What the council knows of a person that a stranger does not. Empty or None is not known."""

    postcode: str
    year_of_birth: int | None
    last_category: str


@dataclass(frozen=True, slots=True)
class Said:
    """What the caller answered; empty is not asked."""

    postcode: str = ""
    year_of_birth: str = ""
    last_category: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """The verdict on each answer."""

    postcode: Verdict
    year_of_birth: Verdict
    last_category: Verdict

    @property
    def is_verified(self) -> bool:
        """Whether two answers match and none is wrong."""
        verdicts = (self.postcode, self.year_of_birth, self.last_category)
        return verdicts.count("matches") >= NEEDED and "differs" not in verdicts


def compare(known: Known, said: Said) -> Check:
    """What each answer is worth."""
    return Check(
        postcode=_verdict(_tidy(known.postcode), _tidy(said.postcode)),
        year_of_birth=_verdict(str(known.year_of_birth or ""), _tidy(said.year_of_birth)),
        last_category=_verdict(known.last_category, said.last_category),
    )


def _verdict(known: str, said: str) -> Verdict:
    if not said:
        return "not_asked"
    if not known:
        return "not_known"
    return "matches" if known == said else "differs"


def _tidy(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())
