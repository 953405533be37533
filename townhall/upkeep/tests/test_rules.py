"""What makes a backup whole, and which old ones go."""

from datetime import UTC, datetime

import msgspec
import pytest

from townhall.upkeep import rules
from townhall.upkeep.rules import Broken, Closing, Opening, Part, Table

AT = datetime(2026, 5, 12, 3, 30, tzinfo=UTC)
ONE, TWO = Part("database/000000", 3, "aa"), Part("documents/ab", 5, "bb")


def test_an_opening_is_read_back_as_it_was_written() -> None:
    opening = Opening(1, AT, "0.1.0", 18, ["cases.0001_initial"], {"cases_case": Table(2, "99")})
    assert rules.must_be_readable(msgspec.json.encode(opening)) == opening


def test_a_newer_format_is_refused_by_its_number() -> None:
    with pytest.raises(Broken, match="its format is 2, this Townhall reads format 1"):
        rules.must_be_readable(b'{"format": 2, "something": "else"}')


@pytest.mark.parametrize("opening", [b"", b"[]", b"{}", b'{"format": "one"}'])
def test_what_has_no_format_is_no_backup(opening: bytes) -> None:
    with pytest.raises(Broken, match="not a backup"):
        rules.must_be_readable(opening)


def test_a_whole_archive_has_every_part_as_it_was_written() -> None:
    rules.must_be_whole(Closing([ONE, TWO], []), [TWO, ONE])


@pytest.mark.parametrize(
    ("seen", "says"),
    [
        ([ONE], "documents/ab is missing"),
        ([ONE, Part("documents/ab", 5, "cc")], "documents/ab is not what was written"),
        ([ONE, TWO, Part("zebra", 1, "dd")], "zebra does not belong"),
    ],
)
def test_an_archive_that_differs_from_its_manifest_is_broken(seen: list[Part], says: str) -> None:
    with pytest.raises(Broken, match=says):
        rules.must_be_whole(Closing([ONE, TWO], []), seen)


def test_migrations_that_we_do_not_know_show_a_newer_townhall() -> None:
    assert rules.newer_migrations(["a.0001", "a.0002"], {"a.0001", "b.0001"}) == ["a.0002"]
    assert rules.newer_migrations(["a.0001"], {"a.0001", "a.0002"}) == []


def test_only_the_oldest_of_our_own_names_go() -> None:
    names = [rules.stamp(AT.replace(day=day)) for day in (3, 1, 2)]
    others = ["letters.pdf", "townhall-by-hand.backup", f"{names[0]}.sha256"]
    assert names[0] == "townhall-20260503T033000Z.backup"
    assert rules.old_backups([*names, *others], keep=2) == ["townhall-20260501T033000Z.backup"]
    assert rules.old_backups(names, keep=5) == []


def test_an_upgrade_may_add_rows_and_take_none_that_it_did_not_name() -> None:
    before = {"cases_case": 1200, "reports_report": 3, "old": 1}
    after = {"cases_case": 1199, "reports_report": 4, "new": 9}
    assert rules.shrunk(before, after, ["old"]) == ["cases_case has 1,199 rows, before 1,200"]
    assert rules.shrunk(before, after, ["cases_case"]) == ["old is gone (1 rows)"]
