"""Drafts and services as the editor's pages show them."""

from townhall.residents.editor.selectors.checking import Told, examined, examined_of, examples_of, may_run, told_of
from townhall.residents.editor.selectors.history import history_of
from townhall.residents.editor.selectors.listing import Row, Start, find_start, owner_now, rows, shelf, smallest, starts

__all__ = [
    "Row",
    "Start",
    "Told",
    "examined",
    "examined_of",
    "examples_of",
    "find_start",
    "history_of",
    "may_run",
    "owner_now",
    "rows",
    "shelf",
    "smallest",
    "starts",
    "told_of",
]
