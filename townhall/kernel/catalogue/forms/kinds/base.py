"""What every kind of question can do; the kinds themselves are in the files beside it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from townhall.kernel.catalogue.decisions.feel.kinds import STRING
from townhall.kernel.catalogue.decisions.feel.kinds import Kind as FeelKind
from townhall.kernel.catalogue.decisions.feel.values import Value
from townhall.kernel.catalogue.forms.model import Json, Question
from townhall.kernel.catalogue.forms.raw import Fields
from townhall.kernel.catalogue.words import Text, same

COMMON = ("type", "label", "called", "hint", "for", "required", "when", "must")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A rule that an answer breaks (a key of `wording.SAYINGS`), the part of the answer, and words for the sentence."""

    rule: str
    part: str = ""
    words: dict[str, str | Text] = field(default_factory=dict[str, "str | Text"])


def wrong(rule: str, *, part: str = "", **words: str | Text) -> Wrong:
    """A rule that an answer breaks."""
    return Wrong(rule, part, words)


@dataclass(frozen=True, slots=True)
class Read:
    """What was read from what a browser sent: the answer, or what is wrong with it."""

    value: Json = None
    wrong: Wrong | None = None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent before and is named by its reference."""

    name: str
    size: int
    type: str


Uploads = Mapping[str, Upload]


class Kind:
    """The answer to a question, here a text. `own` are the keys of the file that only this kind has."""

    own: tuple[str, ...] = ()
    feel: FeelKind = STRING
    missing = "missing"
    most: int | None = None

    def __init__(self, question: Question) -> None:
        self.question = question

    def read(self, sent: Fields) -> Read:
        """The answer that was sent, as it is kept; None where it was left blank."""
        return Read(sent.text() or None)

    def check(self, value: Json) -> Iterator[Wrong]:
        """What is wrong with an answer that is kept or comes by the API."""
        raise NotImplementedError

    def foreign(self, value: Json, uploads: Uploads) -> Iterator[Wrong]:  # noqa: ARG002 - kinds of files look there
        """What is wrong with an answer only because another system sent it; `value` may be of any shape."""
        yield from ()

    def value(self, kept: Json) -> Value:
        """An answer as FEEL has it; null where it is not of this kind."""
        return kept if isinstance(kept, str) and kept else None

    def shown(self, value: Any) -> Text:
        """An answer in words."""
        return same(str(value))

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of an answer."""
        raise NotImplementedError


KINDS: dict[str, type[Kind]] = {}


Made = TypeVar("Made", bound=Kind)


def kind(name: str) -> Callable[[type[Made]], type[Made]]:
    """Register a kind under the word that a form has for it."""

    def keep(made: type[Made]) -> type[Made]:
        KINDS[name] = made
        return made

    return keep
