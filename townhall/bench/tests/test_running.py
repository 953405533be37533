"""The whole bench on a tiny borough: every figure is really measured and printed in its shape; no time is judged."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from townhall.bench import figures
from townhall.bench.measurements import chosen

SHAPE = {"name": str, "value": int | float, "unit": str, "limit": int | float, "goal": str, "holds": bool}


@pytest.mark.browser
def test_every_figure_is_measured_on_a_tiny_borough(tmp_path: Path) -> None:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("TOWNHALL_", "DATABASE_", "DJANGO_"))
    }
    words = ["bench", "--size", "400", "--runs", "1", "--quick", "--json"]
    ended = subprocess.run(
        [sys.executable, "-m", "townhall", *words], env=kept | {"TOWNHALL_HOME": str(tmp_path)}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert ended.returncode in {0, 1}, ended.stderr
    assert ended.stdout, ended.stderr
    told = json.loads(ended.stdout)
    figures.find()
    assert [each["name"] for each in told] == [figure.name for each in chosen([]) for figure in each.figures]
    for each in told:
        assert set(each) == set(SHAPE)
        assert all(isinstance(each[key], kind) for key, kind in SHAPE.items()), each
        assert each["goal"] in {"at most", "at least"}
    assert "fsync of 8 kB" in ended.stderr
    assert "load" in ended.stderr


def test_a_figure_that_nobody_has_is_refused_at_once() -> None:
    words = [sys.executable, "-m", "townhall", "bench", "--only", "nonsense"]
    ended = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "there are: " in ended.stderr
