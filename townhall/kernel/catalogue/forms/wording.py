"""Puts the sentences of `sayings` together: `{it}` is how the form calls the answer ("your full name"), else the
question's own words in quotation marks; in Welsh nothing stands before it that would mutate it.
"""

from townhall.kernel.catalogue.forms.kinds.base import Wrong
from townhall.kernel.catalogue.forms.kinds.files import MOST_FILES
from townhall.kernel.catalogue.forms.kinds.texts import Line
from townhall.kernel.catalogue.forms.model import Mistake, Question
from townhall.kernel.catalogue.forms.sayings import SAYINGS
from townhall.kernel.catalogue.words import Text


def named(question: Question, language: str) -> str:
    """How an answer is called in a sentence."""
    if question.called is not None:
        return question.called.said(language)
    return f"“{question.label.said(language).rstrip(':')}”"


def mistake(question: Question, at: str, found: Wrong) -> Mistake:
    """A mistake in words; `at` is the question's place among the answers."""
    unnamed = found.rule == "missing" and question.called is None
    said = SAYINGS["unanswered" if unnamed else found.rule]
    text = Text(*(filled(question, said.said(each), each, found.words) for each in ("en", "cy")))
    return Mistake(at, f"{at}.{found.part}" if found.part else at, found.rule, text)


def usual(question: Question, rule: str) -> Text:
    """What is said of a rule that an answer breaks, whichever answer it was: of no file and no row in particular."""
    none = question.options.get(question.none_of)
    most = question.answer.longest() if isinstance(question.answer, Line) else question.most or MOST_FILES
    words: dict[str, str | Text] = {
        "none": none.label if none else "", "file": Text("The file", "Y ffeil"), "row": "…", "most": counted(most),
        "megabytes": str(question.megabytes), "types": ", ".join(question.types),
    }  # fmt: skip
    return mistake(question, question.name, Wrong(rule, "", words)).text


def filled(question: Question, text: str, language: str, words: dict[str, str | Text]) -> str:
    """A sentence with its words put in."""
    it = named(question, language)
    limits = {"least": counted(question.least), "most": counted(question.most), "decimals": str(question.decimals)}
    said = {key: each.said(language) if isinstance(each, Text) else each for key, each in words.items()}
    return text.format(**{**limits, **said, "it": it, "It": it[:1].upper() + it[1:]})


def counted(number: object) -> str:
    """A limit as it is written in a sentence."""
    return f"{number:,}" if number is not None else ""
