"""Forms for tests, written short: questions get their words in both languages by themselves."""

import re

from townhall.kernel.catalogue.forms.engine import Form
from townhall.kernel.catalogue.forms.model import Mistake
from townhall.kernel.catalogue.forms.reading import read

BOTH = "{en: Words, cy: Geiriau}"


def worded(text: str) -> str:
    """A text in which each W stands for words in both languages."""
    return re.sub(r"\bW\b", BOTH, text)


def form_of(pages: str, *, facts: str = "{}", sound: bool = True) -> Form:
    """A form of pages in YAML; W stands for words in both languages."""
    text = f"name: W\nfacts: {facts}\npages:\n{pages}"
    made = read(worded(text).encode(), "form.yaml")
    if sound:
        assert [str(each) for each in made.problems] == []
    return made


def one(question: str) -> Form:
    """A form with one page and one question, `q`."""
    return form_of(f"  first: {{questions: {{q: {{label: W, {question}}}}}}}")


def rules(mistakes: tuple[Mistake, ...]) -> list[tuple[str, str]]:
    """What is wrong: where, and which rule."""
    return [(each.field, each.rule) for each in mistakes]
