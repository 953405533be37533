"""The ways between the pages of an XGov definition, as an order of pages with a condition each.

There a page names those that may come next; here a page says when it is asked. A page that every way leads through is
always asked; another is asked where one of the ways to it is taken.
"""

from typing import Any

from townhall.kernel.catalogue.forms.xgov_conditions import Conditions
from townhall.kernel.catalogue.forms.xgov_names import listed

LONGEST, MOST_PAGES = 2_000, 500
Page = dict[str, Any]


class Flow:
    """The pages in an order in which each comes after those that lead to it."""

    def __init__(self, found: dict[str, Any], conditions: Conditions, left: list[str]) -> None:
        self.left, self.conditions = left, conditions
        self.pages: dict[str, Page] = {each["path"]: each for each in found["pages"]}
        if len(self.pages) > MOST_PAGES:
            raise ValueError("too many pages")
        self.start = found.get("startPage") or next(iter(self.pages))
        self.ways: dict[str, list[tuple[str, str | None]]] = {path: self.ways_of(path) for path in self.pages}
        self.order = [self.pages[path] for path in self.ordered()]
        self.reached: dict[str, str | None] = {}
        for page in self.order:
            self.reached[page["path"]] = self.reach(page["path"])
        for path in self.pages.keys() - {each["path"] for each in self.order}:
            self.left.append(f"{path}: no way leads to this page, so it is left out.")

    def ways_of(self, path: str) -> list[tuple[str, str | None]]:
        """Where a page leads, each with its condition, the one without a condition last."""
        found: list[tuple[str, str | None]] = []
        for each in listed(self.pages[path], "next"):
            if each.get("path") not in self.pages:
                self.left.append(f"{path}: the way to {each.get('path')!r} leads nowhere.")
                continue
            condition = self.conditions.named(each["condition"]) if each.get("condition") else None
            if each.get("condition") and condition is None:
                self.left.append(f"{path}: the way to {each['path']} is taken whatever its condition is.")
            found.append((each["path"], condition))
        return sorted(found, key=lambda each: each[1] is None)

    def ordered(self) -> list[str]:
        """The pages that can be reached, each after those that lead to it; a way back is listed and left out."""
        done: list[str] = []
        state: dict[str, int] = {}
        waiting = [(self.start, False)] if self.start in self.pages else []
        while waiting:
            path, is_left = waiting.pop()
            if is_left:
                state[path] = 2
                done.append(path)
            elif path not in state:
                state[path] = 1
                waiting.append((path, True))
                for target, condition in list(self.ways[path]):
                    if state.get(target) == 1:
                        self.left.append(f"{path}: the way back to {target} is not carried over.")
                        self.ways[path].remove((target, condition))
                    else:
                        waiting.append((target, False))
        return done[::-1]

    def when(self, page: Page) -> str:
        """When a page is asked; empty where it always is."""
        found = self.reached[page["path"]]
        if found is None:
            self.left.append(f"{page['path']}: the condition under which it is asked is too long to be carried over.")
        return found or ""

    def is_unavoidable(self, path: str) -> bool:
        """Whether every way from the start leads through a page."""
        waiting, seen = [self.start], {path}
        while waiting:
            one = waiting.pop()
            if one in seen:
                continue
            seen.add(one)
            targets = [target for target, _ in self.ways[one]]
            if not targets:
                return False
            waiting += targets
        return True

    def reach(self, path: str) -> str | None:
        """An expression that is true where a page is reached, empty where it always is; none where it is too long."""
        if self.is_unavoidable(path):
            return ""
        made: list[str] = []
        for source in self.reached:
            before = self.reached[source]
            for number, (target, condition) in enumerate(self.ways[source]):
                if target != path:
                    continue
                others = [f"not(({each}) = true)" for _, each in self.ways[source][:number] if each]
                guard = [*others, *([f"({condition})"] if condition else [])]
                if before is None or sum(map(len, [*guard, *made, before])) > LONGEST:
                    return None
                made.append(" and ".join([*([f"({before})"] if before else []), *guard]) or "true")
        return " or ".join(f"({each})" if len(made) > 1 else each for each in dict.fromkeys(made))
