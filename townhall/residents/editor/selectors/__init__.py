"""Drafts and services as the editor's pages show them."""

from townhall.residents.editor.selectors.checking import (
    Told,
    examined,
    examined_of,
    examples_of,
    may_run,
    read_of,
    told_of,
)
from townhall.residents.editor.selectors.history import history_of
from townhall.residents.editor.selectors.listing import Row, Start, find_start, owner_now, rows, shelf, smallest, starts
from townhall.residents.editor.selectors.sides import Compared, Side, compared, is_known, side, sides

__all__ = [
    "Compared",
    "Row",
    "Side",
    "Start",
    "Told",
    "compared",
    "examined",
    "examined_of",
    "examples_of",
    "find_start",
    "history_of",
    "is_known",
    "may_run",
    "owner_now",
    "read_of",
    "rows",
    "shelf",
    "side",
    "sides",
    "smallest",
    "starts",
    "told_of",
]
