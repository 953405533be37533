"""A minute of faults: nothing that was acknowledged is lost, nothing is there twice, no letter goes twice."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SEED = "4"


@pytest.mark.long
def test_a_minute_of_faults_loses_and_doubles_nothing() -> None:
    words = [sys.executable, "-m", "townhall", "chaos", "--minutes", "1", "--seed", SEED, "--json"]
    strange = ("TOWNHALL_", "DATABASE_", "DJANGO_")
    told = {name: value for name, value in os.environ.items() if not name.startswith(strange)}
    done = subprocess.run(words, cwd=ROOT, env=told, capture_output=True, text=True, check=False, timeout=900)
    assert done.stdout.strip(), done.stderr
    counts = json.loads(done.stdout.strip().splitlines()[-1])
    promised = ("lost", "doubled", "letters_doubled", "letters_missing", "events_skipped", "answers_unhelpful",
                "webhooks_lost", "webhooks_out_of_order")  # fmt: skip
    assert {name: counts[name] for name in promised} == dict.fromkeys(promised, 0), done.stderr
    assert counts["acknowledged"] == counts["found"] > 0
    assert counts["kills"] > 0
    assert counts["full_disks"] > 0 or counts.get("disk_skipped")
