"""The reference pages say what the code says; every event is documented and plain."""

import inspect
import re
from dataclasses import fields
from datetime import datetime
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest

from tests.house import reference
from tests.house.modules import MODULES, ROOT
from townhall.kernel.outbox.events import KINDS, Fact
from townhall.kernel.outbox.registries import subscribers

PLAIN = {str, int, bool, float, NoneType, UUID, datetime}
REAL_KINDS = {
    kind: fact
    for kind, fact in KINDS.items()
    if fact.__module__.startswith("townhall.") and ".tests." not in fact.__module__
}
every_event = pytest.mark.parametrize("kind", sorted(REAL_KINDS))


@pytest.mark.parametrize("name", sorted(reference.PAGES))
def test_a_reference_page_is_true(name: str) -> None:
    written = (reference.FOLDER / name).read_text(encoding="utf-8")
    assert written == reference.PAGES[name](), "write it anew: python -m tests.house"


@every_event
def test_an_event_has_a_name_in_the_past_and_a_version(kind: str) -> None:
    module, what, version = kind.split(".")
    assert module in {each.label for each in MODULES}
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", what)
    assert re.fullmatch(r"v[1-9]\d*", version)


@every_event
def test_an_event_is_declared_by_its_module_and_says_what_happened(kind: str) -> None:
    fact = REAL_KINDS[kind]
    assert fact.__module__.endswith(f".{kind.split('.', maxsplit=1)[0]}.events")
    assert inspect.getdoc(fact)
    assert inspect.getdoc(fact) != inspect.getdoc(Fact)


def is_plain(hint: Any) -> bool:
    """Whether a type is one that JSON can carry as it stands."""
    if isinstance(hint, UnionType) or get_origin(hint) in {list, tuple}:
        return all(is_plain(part) for part in get_args(hint) if part is not Ellipsis)
    return hint in PLAIN


@every_event
def test_an_event_has_plain_fields(kind: str) -> None:
    fact = REAL_KINDS[kind]
    hints = get_type_hints(fact)
    assert [each.name for each in fields(fact) if not is_plain(hints[each.name])] == []


@every_event
def test_an_event_carries_no_words_of_people(kind: str) -> None:
    """Names, addresses and texts are read where they are kept, by whoever may."""
    told = {each.name for each in fields(REAL_KINDS[kind])}
    assert not told & {
        "name",
        "email",
        "phone",
        "address",
        "text",
        "description",
        "message",
        "password",
        "code",
        "secret",
    }


@pytest.mark.parametrize("subscriber", list(subscribers), ids=lambda one: one.name)
def test_a_subscriber_listens_to_events_that_exist(subscriber: Any) -> None:
    assert {kind for kind in subscriber.kinds if kind != "*"} <= set(KINDS)


def test_every_setting_is_read_from_the_documented_list() -> None:
    """No module reads the environment on its own."""
    known = {"TOWNHALL_LOG_LEVEL", "TOWNHALL_THREADS", "DJANGO_SETTINGS_MODULE"}
    known |= set(re.findall(r"`(\w+)`", reference.settings()))
    for path in (ROOT / "townhall").rglob("*.py"):
        if "tests" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        used = re.findall(r"environment\.(?:text|flag|number)\(\"(\w+)\"\)", text)
        used += re.findall(r"os\.environ(?:\.get\(|\[)\"(\w+)\"", text)
        assert set(used) <= known | {"PATH", "TOWNHALL_BROWSER", "TOWNHALL_VENV"}, path
