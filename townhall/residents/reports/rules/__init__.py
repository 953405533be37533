"""What a report needs to know without asking anyone: redaction, danger, questions, suggestions, nearness."""

from townhall.residents.reports.rules.filters import AGES, Filters, read_filters
from townhall.residents.reports.rules.nearness import Likeness, may_be_same, rank
from townhall.residents.reports.rules.questions import (
    BadAnswer,
    Option,
    Question,
    check_answer,
    check_answers,
    question,
    questions,
)
from townhall.residents.reports.rules.redaction import redact, title_of
from townhall.residents.reports.rules.safeguarding import ROUTING_WORD, Danger, danger_in
from townhall.residents.reports.rules.steps import STEPS, Asks
from townhall.residents.reports.rules.suggesting import Described, overlap, suggest, words_of


class OutsideCouncil(ValueError):
    """A place that is not in the council's area."""


class NotAccepted(ValueError):
    """A report that the category does not take: anonymous where that is not allowed, or one that goes no further."""


__all__ = [
    "AGES",
    "ROUTING_WORD",
    "STEPS",
    "Asks",
    "BadAnswer",
    "Danger",
    "Described",
    "Filters",
    "Likeness",
    "NotAccepted",
    "Option",
    "OutsideCouncil",
    "Question",
    "check_answer",
    "check_answers",
    "danger_in",
    "may_be_same",
    "overlap",
    "question",
    "questions",
    "rank",
    "read_filters",
    "redact",
    "suggest",
    "title_of",
    "words_of",
]
