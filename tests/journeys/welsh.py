"""English words of ours on a page that is in Welsh: compared with the catalogue and with a package's texts."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po
from playwright.sync_api import Page
from ruamel.yaml import YAML

CATALOGUE = Path(__file__).parents[2] / "townhall" / "locale" / "cy" / "LC_MESSAGES" / "django.po"
COMMON = re.compile(
    r"\b(the|and|your?|with|this|that|have|from|until|what|when|which|please|sorry|(mon|tues|wednes|thurs|fri|satur|sun)"
    r"day|january|february|march|april|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
TEXTS = """() => {
    const found = [document.title], spoken = (one) => one.closest("[lang]").lang === "cy";
    const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const one = walker.currentNode.parentElement;
        if (!one.closest("script, style, noscript, template") && spoken(one)) found.push(walker.currentNode.data);
    }
    for (const one of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]"))
        for (const name of ["aria-label", "title", "placeholder", "alt"])
            if (spoken(one)) found.push(one.getAttribute(name) || "");
    const words = found.map((each) => each.trim().replace(/\\s+/g, " "));
    return words.filter((each) => /[a-z]/i.test(each) && !/^https?:/.test(each));
}"""


PLACES = re.compile(r"%\\?\(\w+\\?\)s")


def english_on(page: Page, package: Path) -> list[str]:
    """What stands in English on a page in Welsh: texts of the catalogue or of a package, or words only English has."""
    assert page.locator("html").get_attribute("lang") == "cy", page.url
    (pattern, welsh), pairs = catalogue(), texts_of(package)
    welsh, english = welsh | set(pairs.values()), pairs.keys() - set(pairs.values())
    found = [each for each in page.evaluate(TEXTS) if each not in welsh]
    return [each for each in found if each in english or pattern.fullmatch(each) or COMMON.search(each)]


@cache
def catalogue() -> tuple[re.Pattern[str], set[str]]:
    """What each English text of the catalogue matches, whatever is put into it; and the Welsh texts."""
    with CATALOGUE.open("rb") as file:
        messages = [each for each in read_po(file) if each.id]
    english, welsh = (
        {one for each in messages for one in many(each.id)},
        {one for each in messages for one in many(each.string)},
    )
    wanted = sorted(each for each in english - welsh if re.search("[A-Za-z]{2}", PLACES.sub("", each)))
    return re.compile("|".join(PLACES.sub(".+?", re.escape(each)) for each in wanted)), welsh


def many(text: Any) -> tuple[str, ...]:
    """A message, or its forms for numbers."""
    return (text,) if isinstance(text, str) else tuple(text)


@cache
def texts_of(package: Path) -> dict[str, str]:
    """The English texts of a package, each with its Welsh."""
    return dict(pair for path in sorted(package.rglob("*.yaml")) for pair in pairs_in(YAML(typ="safe").load(path)))


def pairs_in(held: Any) -> Iterator[tuple[str, str]]:
    """Wherever a text stands in both languages."""
    if isinstance(held, dict) and held.keys() == {"en", "cy"}:
        yield held["en"], held["cy"]
    elif isinstance(held, dict | list):
        for each in held.values() if isinstance(held, dict) else held:
            yield from pairs_in(each)
