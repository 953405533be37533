"""A category's questions as data, and whether an answer to one will do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["radios", "yesno", "text", "long", "number"]
LONGEST = {"text": 200, "long": 2_000}


class BadAnswer(ValueError):
    """An answer that will not do.

    `reason` is `missing`, `choice`, `number`, `small`, `large` or `long`; `limit` goes with the last three.
    """

    def __init__(self, code: str, reason: str, limit: int | None = None) -> None:
        super().__init__(f"{code}: {reason}")
        self.code, self.reason, self.limit = code, reason, limit


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from."""

    code: str
    text: str
    text_cy: str = ""

    def words(self, language: str) -> str:
        """Its words in a language; the English ones where there are no others."""
        return (self.text_cy if language == "cy" else "") or self.text


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `is_private` answers are for officers only. `smallest` and `largest` bound a number."""

    code: str
    kind: Kind
    text: str
    text_cy: str = ""
    hint: str = ""
    hint_cy: str = ""
    options: tuple[Option, ...] = ()
    is_required: bool = True
    is_private: bool = False
    smallest: int = 0
    largest: int = 1_000_000

    def words(self, language: str) -> str:
        """The question in a language."""
        return (self.text_cy if language == "cy" else "") or self.text

    def help(self, language: str) -> str:
        """The hint in a language."""
        return (self.hint_cy if language == "cy" else "") or self.hint

    def answer_words(self, value: str, language: str, *, yes: str = "Yes", no: str = "No") -> str:
        """An answer as people read it."""
        if self.kind == "yesno":
            return {"yes": yes, "no": no}.get(value, value)
        return next((option.words(language) for option in self.options if option.code == value), value)


YES_NO = (Option("yes", "Yes", "Ie"), Option("no", "No", "Na"))


def question(data: dict[str, Any]) -> Question:
    """A Question from its row. Raises KeyError or TypeError where the row is not one."""
    options = tuple(Option(**option) for option in data.get("options", ()))
    given: dict[str, Any] = {**data, "options": options}
    return Question(**given)


def questions(rows: Sequence[dict[str, Any]]) -> list[Question]:
    """The Questions of a category's rows."""
    return [question(row) for row in rows]


def check_answer(asked: Question, value: str) -> str:
    """The answer, tidied. Raises BadAnswer."""
    value = value.strip()
    if not value:
        if asked.is_required:
            raise BadAnswer(asked.code, "missing")
        return ""
    if asked.kind in {"radios", "yesno"}:
        return _chosen(asked, value)
    if asked.kind == "number":
        return _number(asked, value)
    if len(value) > LONGEST[asked.kind]:
        raise BadAnswer(asked.code, "long", LONGEST[asked.kind])
    return value


def _chosen(asked: Question, value: str) -> str:
    allowed = {option.code for option in (YES_NO if asked.kind == "yesno" else asked.options)}
    if value not in allowed:
        raise BadAnswer(asked.code, "choice")
    return value


def _number(asked: Question, value: str) -> str:
    digits = value.replace(",", "")
    if not digits.removeprefix("-").isdecimal():
        raise BadAnswer(asked.code, "number")
    number = int(digits)
    if number < asked.smallest:
        raise BadAnswer(asked.code, "small", asked.smallest)
    if number > asked.largest:
        raise BadAnswer(asked.code, "large", asked.largest)
    return str(number)


def check_answers(asked: Sequence[Question], values: dict[str, str]) -> dict[str, str]:
    """The answers to the questions, tidied; what was not asked is left out. Raises BadAnswer at the first bad one."""
    checked = {question.code: check_answer(question, str(values.get(question.code, ""))) for question in asked}
    return {code: value for code, value in checked.items() if value}
