"""Words in the reader's language."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language, ngettext

from townhall.kernel.catalogue.packages.model import Span
from townhall.kernel.design import dates


def language() -> str:
    """The reader's language: en or cy."""
    return "cy" if (get_language() or "en").startswith("cy") else "en"


def day_of(moment: datetime | None) -> str:
    """`Thursday 14 May` in the reader's language; empty for no moment."""
    local = timezone.localtime(moment) if moment else None
    return dates.day(local.date(), language(), today=timezone.localdate()) if local else ""


def span_words(span: Span) -> str:
    """A time in words: `10 working days`."""
    words = {
        "days": ngettext("%(num)s day", "%(num)s days", span.count),
        "working days": ngettext("%(num)s working day", "%(num)s working days", span.count),
        "weeks": ngettext("%(num)s week", "%(num)s weeks", span.count),
        "months": ngettext("%(num)s month", "%(num)s months", span.count),
        "years": ngettext("%(num)s year", "%(num)s years", span.count),
    }
    return words[span.unit] % {"num": span.count}
