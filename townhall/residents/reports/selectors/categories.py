"""Categories as pages and other modules read them."""
from collections.abc import Sequence
from dataclasses import dataclass

from townhall.kernel.cases.registries import Choice
from townhall.residents.reports import rules
from townhall.residents.reports.models import Category


@dataclass(frozen=True, slots=True)
class Group:
    """Categories that belong together, under their heading in the reader's language."""

    title: str
    categories: tuple[Category, ...]


def active_categories() -> list[Category]:
    """What can be reported now, in order."""
    return list(Category.objects.active())


def category(code: str) -> Category | None:
    """The category with this code, also one that is not offered any more; None where there is none."""
    return Category.objects.filter(code=code).first()


def by_code() -> dict[str, Category]:
    """Every category by its code, also those not offered any more."""
    return {row.code: row for row in Category.objects.all()}


def grouped(categories: Sequence[Category], language: str) -> list[Group]:
    """The categories under their headings, in order."""
    found: dict[str, list[Category]] = {}
    for row in categories:
        found.setdefault((row.group_cy if language == "cy" else "") or row.group, []).append(row)
    return [Group(title, tuple(rows)) for title, rows in found.items()]


def suggested(text: str, categories: Sequence[Category], *, most: int = 3) -> list[Category]:
    """The categories that the words are most likely about, best first."""
    known = {row.code: row for row in categories}
    described = [rules.Described(row.code, (row.name, row.name_cy), tuple(row.keywords)) for row in categories]
    return [known[code] for code in rules.suggest(text, described, most=most)]


def choices() -> list[Choice]:
    """The categories as the cases' pages offer them."""
    return [
        Choice(
            code=row.code, title=row.name, title_cy=row.name_cy, group=row.group, group_cy=row.group_cy,
            target_days=row.target_days, owner_gss=row.owner_gss,
        )
        for row in active_categories()
    ]  # fmt: skip
