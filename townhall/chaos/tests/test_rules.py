from itertools import islice

import pytest

from townhall.chaos.rules import Counts, Fault, faults

PROCESSES = ["web", "hot", "worker-1", "worker-2"]


def test_the_order_of_faults_follows_from_the_seed() -> None:
    first, again, other = (list(islice(faults(seed, PROCESSES, has_disk=True), 40)) for seed in (5, 5, 6))
    assert first == again
    assert first != other


@pytest.mark.parametrize("seed", range(20))
def test_a_round_kills_every_process_and_the_database_and_fills_the_disk_second(seed: int) -> None:
    one_round = list(islice(faults(seed, PROCESSES, has_disk=True), 9))
    assert one_round[1] == Fault("full disk")
    assert {fault.targets[0] for fault in one_round if fault.kind == "kill"} >= {*PROCESSES, "postgres"}
    assert {fault.kind for fault in one_round} == {"kill", "full disk", "cut connections", "wrong clock"}


def test_without_a_disk_of_its_own_nothing_is_filled() -> None:
    assert all(fault.kind != "full disk" for fault in islice(faults(1, PROCESSES, has_disk=False), 50))


def test_all_is_well_only_where_something_was_acknowledged() -> None:
    assert not Counts().holds
    assert Counts(sent=9, acknowledged=8, found=8, unanswered=1, letters_repeated=2).holds


@pytest.mark.parametrize(
    "broken", ["lost", "doubled", "letters_doubled", "letters_missing", "events_skipped", "answers_unhelpful"]
)
def test_one_broken_promise_is_enough(broken: str) -> None:
    counts = Counts(sent=9, acknowledged=9, found=9)
    setattr(counts, broken, 1)
    assert not counts.holds


def test_the_counts_begin_with_what_was_promised() -> None:
    promised = ["sent", "acknowledged", "found", "lost", "doubled", "letters_doubled", "events_skipped", "kills"]
    assert list(Counts().as_json())[:9] == [*promised, "full_disks"]
    assert "disk_skipped" not in Counts().as_json()
