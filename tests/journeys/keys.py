"""A page walked through by keyboard alone: names, focus and its ring are read from the page itself."""

import re

from playwright.sync_api import Page

MOST_TABS = 90
NAME = """e => e ? (e.getAttribute('aria-label') || (e.labels && e.labels[0] ? e.labels[0].innerText : '')
    || e.innerText || e.value || '').trim() : ''"""
RING = """() => {
    const one = document.activeElement, label = one.labels && one.labels[0];
    const drawn = [[one, null], ...(label ? [[label, "::before"], [label, null]] : [])];
    const shows = drawn.some(([each, part]) => {
        const style = getComputedStyle(each, part);
        return style.outlineStyle !== "none" || style.boxShadow !== "none";
    });
    const box = (Number(getComputedStyle(one).opacity) ? one : label || one).getBoundingClientRect();
    return shows && box.bottom > 0 && box.top < innerHeight && box.width > 0;
}"""


def focused(page: Page) -> str:
    """The name of what has the focus."""
    return page.evaluate(f"() => ({NAME})(document.activeElement)")


def tab(page: Page) -> str:
    """Press Tab; the name of what has the focus then, which is on the screen and shows it; empty past the last."""
    page.keyboard.press("Tab")
    if page.evaluate("() => document.activeElement === document.body"):
        return ""
    name = focused(page)
    assert page.evaluate(RING), f"{name!r} does not show its focus: {page.url}"
    return name


def tab_to(page: Page, name: str) -> None:
    """Press Tab until something with this name has the focus."""
    passed: list[str] = []
    for _ in range(MOST_TABS):
        passed.append(tab(page))
        if re.search(name, passed[-1]):
            return
    raise AssertionError(f"Tab never came to {name!r} on {page.url}, only to {passed}")


def follow(page: Page, name: str) -> None:
    """Tab to a link or a button, press Enter and wait for the page that follows."""
    tab_to(page, name)
    press(page)


def choose(page: Page, name: str) -> None:
    """Tab to a group of radio buttons or to a box, and choose by Space; among radio buttons the arrows find it."""
    tab_to(page, name)
    page.keyboard.press("Space")


def press(page: Page, key: str = "Enter") -> None:
    """Press a key and wait for the page that follows."""
    with page.expect_navigation():
        page.keyboard.press(key)


def type_into(page: Page, typed: dict[str, str]) -> None:
    """Tab to each field by its name, and type."""
    for name, text in typed.items():
        tab_to(page, name)
        page.keyboard.type(text)
