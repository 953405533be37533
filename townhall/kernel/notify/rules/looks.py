"""A letter's blocks as each channel shows them."""

import re
from collections.abc import Sequence
from html import escape
from typing import Final

from townhall.kernel.notify.rules.texts import Block, Span

SMS_LIMIT: Final = 459
"""Three parts of a text message: longer ones cost more and arrive in pieces."""


def as_text(blocks: Sequence[Block]) -> str:
    """Plain text, for e-mail."""
    parts: list[str] = []
    for before, block in zip([None, *blocks], blocks, strict=False):
        if before is not None:
            parts.append("\n" if before.kind == block.kind == "item" else "\n\n")
        parts.append(_plain(block))
    return "".join(parts)


def _plain(block: Block) -> str:
    if block.kind == "item":
        return "- " + block.text.replace("\n", "\n  ")
    if block.kind == "inset":
        return "  " + block.text.replace("\n", "\n  ")
    return block.text


def as_sms(blocks: Sequence[Block], sender: str) -> str:
    """A text message: who it is from, then whole blocks from the start as far as they fit, and always the first link.

    A greeting and headings are left out.
    """
    wanted = [block for block in blocks if block.kind != "heading" and not _is_greeting(block)] or blocks
    first_link = next((block for block in wanted if any(span.kind == "link" for span in block.spans)), None)
    text = f"{sender}: "
    room = SMS_LIMIT - len(text) - (len(first_link.text) + 1 if first_link else 0)
    kept: list[Block] = []
    is_full = False
    for block in wanted:
        if block is first_link:
            kept.append(block)
        elif not is_full and len(block.text) + 1 <= room:
            kept.append(block)
            room -= len(block.text) + 1
        else:
            is_full = True
    return text + "\n".join(_plain(block) for block in kept)


def _is_greeting(block: Block) -> bool:
    return block.kind == "paragraph" and bool(re.match(r"(Dear|Hello|Annwyl|Helô)\b[^\n]{0,80},?$", block.text))


def as_html(blocks: Sequence[Block]) -> str:
    """The body of an HTML e-mail. Only the council's words make structure and links; values are text."""
    parts: list[str] = []
    is_listing = False
    for block in blocks:
        if (block.kind == "item") != is_listing:
            is_listing = not is_listing
            parts.append("<ul>" if is_listing else "</ul>")
        inside = "".join(_html(span) for span in block.spans)
        tag = {"heading": "h2", "item": "li", "inset": "blockquote", "paragraph": "p"}[block.kind]
        parts.append(f"<{tag}>{inside}</{tag}>")
    return "\n".join([*parts, "</ul>"] if is_listing else parts)


def _html(span: Span) -> str:
    shown = escape(span.text).replace("\n", "<br>")
    return f'<a href="{shown}">{shown}</a>' if span.kind == "link" else shown


def as_notify(blocks: Sequence[Block]) -> str:
    """The body in GOV.UK Notify's own marks; marks inside values are disarmed, so that nobody's words become a link."""
    parts: list[str] = []
    marks = {"heading": "# ", "item": "* ", "inset": "^ ", "paragraph": ""}
    for before, block in zip([None, *blocks], blocks, strict=False):
        if before is not None:
            parts.append("\n" if before.kind == block.kind == "item" else "\n\n")
        parts.append(marks[block.kind] + "".join(_disarmed(span) for span in block.spans))
    return "".join(parts)


def _disarmed(span: Span) -> str:
    if span.kind != "value":
        return span.text
    inline = re.sub(r"([\[\]()])", r"\\\1", span.text)
    return re.sub(r"(?m)^(\s*)([#*^\-+>]|\d+\.)", r"\1\\\2", inline)
