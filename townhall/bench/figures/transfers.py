"""Running cases go on with another version of their service, and come back: 10,000 of them, committed in batches."""

import json
import subprocess
import sys
import time

from townhall.bench.ground import Ground
from townhall.bench.measurements import measurement
from townhall.bench.rules import Figure

CASES = 10_000
OWN = "select id from cases_case where category = 'bench_transfer'"
FORGET = f"""
set session_replication_role = replica;
delete from services_transferredcase where application_id in ({OWN});
delete from services_transfer where source_id in (select id from services_version where slug = 'bench_transfer');
delete from services_course where application_id in ({OWN});
delete from services_application where id in ({OWN});
delete from services_version where slug = 'bench_transfer';
delete from cases_task where case_id in ({OWN});
delete from cases_entry where case_id in ({OWN});
delete from outbox_event where case_id in ({OWN});
delete from cases_case where category = 'bench_transfer';
set session_replication_role = origin
"""  # noqa: S608
"""What the figure leaves behind, timelines too, which only the superuser of the bench can take away."""
BARE = f"""
with touched as (update cases_case set updated_at = updated_at where id in ({OWN}) returning id)
insert into outbox_event (id, kind, case_id, number, payload, at)
select id, 'cases.case_seen_by_bench.v1', id, 1, '{{}}', now() from touched
"""  # noqa: S608


@measurement(
    "transfers",
    Figure("transfer_there", "seconds", 60, "at most", "10,000 running cases go on with another version"),
    Figure("transfer_back", "seconds", 60, "at most", "The same cases are taken back to the very states that they had"),
    Figure("transfer_ratio", "times", 60, "at most", "The way there against one bare UPDATE and INSERT for as many"),
    Figure("transfer_statements", "statements", 25, "at most", "What is sent to the database for 500 cases"),
    Figure("transfer_wrong", "cases", 0, "at most", "Cases in an undeclared state, or not as they were before"),
    order=165,
)
def transfers(ground: Ground) -> dict[str, float]:
    """Cases of five states, all renamed, each with an open task and a timer; there and back again."""
    number = CASES // 25 if ground.quick else CASES
    command = [sys.executable, "-m", "townhall.bench.transferring", str(number)]
    try:
        ended = subprocess.run(command, env=ground.database.environment(0), stdout=subprocess.PIPE, check=True)
        began = time.perf_counter()
        ground.run(BARE)
        bare = time.perf_counter() - began
    finally:
        ground.run(FORGET)
    told = json.loads(ended.stdout)
    scale = CASES / number
    return {
        "transfer_there": told["there"] * scale, "transfer_back": told["back"] * scale,
        "transfer_ratio": told["there"] / bare, "transfer_statements": told["statements"],
        "transfer_wrong": told["wrong"],
    }  # fmt: skip
