"""The sentences of the whole house and their Welsh: found in the source, kept in one catalogue, checked, compiled."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings

LANGUAGE = "cy"
HOUSE = Path(settings.LOCALE_PATHS[0]).parent
CATALOGUE = HOUSE / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
MAPPING = HOUSE.parent / "babel.cfg"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
PASSING_HEADERS = ("Project-Id-Version", "POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Generated-By")
"""Headers that Babel writes and that would change, or say nothing, with each run."""


def found_in_source() -> Catalog:
    """Every sentence marked for translation, in our Python and in our templates."""
    with MAPPING.open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    template = Catalog()
    for _name, _line, message, _comments, context in extract_from_dir(HOUSE, methods, options, KEYWORDS):
        template.add(message, context=context)
    return template


def read() -> Catalog:
    """The catalogue as it is kept."""
    with CATALOGUE.open("rb") as kept:
        return read_po(kept, locale=LANGUAGE)


def renew(catalogue: Catalog, template: Catalog) -> None:
    """Add the sentences that are new, without a text, and take out those that nothing says any more."""
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False, keep_user_comments=True)
    catalogue.obsolete.clear()


def write(catalogue: Catalog) -> None:
    """Keep the catalogue in alphabetical order, one line to a text, with nothing in it that passes."""
    written = io.BytesIO()
    write_po(written, catalogue, no_location=True, width=0, sort_output=True, ignore_obsolete=True)
    lines = written.getvalue().decode().splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(tuple(f'"{name}:' for name in PASSING_HEADERS))]
    CATALOGUE.write_text("".join(kept), encoding="utf-8")


def compile_catalogue(catalogue: Catalog) -> None:
    """Write the .mo that Django reads; a sentence without a text stays English."""
    with CATALOGUE.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, catalogue)


def problems(catalogue: Catalog, template: Catalog) -> list[str]:
    """What is wrong with the catalogue, one line each: no text, a guessed one, other placeholders, an idle one."""
    texts = {(message.id, message.context): message for message in catalogue if message.id}
    wanted = {(message.id, message.context) for message in template if message.id}
    missing = [f"no text: {_name(key[0])}" for key in wanted - texts.keys()]
    idle = [f"nothing says this: {_name(key[0])}" for key in texts.keys() - wanted]
    return sorted(missing + idle + [line for key in wanted & texts.keys() for line in faults(texts[key])])


def faults(message: Message) -> Iterator[str]:
    """What is wrong with one text."""
    name, forms = _name(message.id), _forms(message.string or "")
    if not all(form.strip() for form in forms):
        yield f"no text: {name}"
        return
    if message.fuzzy:
        yield f"guessed, not read: {name}"
    asked = _forms(message.id)
    if placeholders(forms[-1]) != placeholders(asked[-1]):
        yield f"other placeholders: {name}"
    if any(placeholders(form) - placeholders(*asked) for form in forms):
        yield f"placeholders that it cannot have: {name}"
    if placeholders(*asked) and any("%" in PLACEHOLDER.sub("", form).replace("%%", "") for form in forms):
        yield f"a lone per cent sign: {name}"


def placeholders(*texts: str) -> set[str]:
    """The names between %( and )s."""
    return {name for text in texts for name in PLACEHOLDER.findall(text)}


def _forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


def _name(text: str | tuple[str, ...] | list[str]) -> str:
    return _forms(text)[0]
