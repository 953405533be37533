"""Kinds of questions: how an answer is read from what was sent, checked, shown and described, one file a family."""

from townhall.kernel.catalogue.forms.kinds import choices, compounds, dates, files, numbers, texts
from townhall.kernel.catalogue.forms.kinds.base import KINDS, Kind

__all__ = ["KINDS", "Kind", "choices", "compounds", "dates", "files", "numbers", "texts"]
