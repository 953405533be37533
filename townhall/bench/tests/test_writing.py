"""The page about performance is made of what is kept."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

from townhall.bench import writing
from townhall.bench.machine import Machine
from townhall.bench.rules import Figure, Result

SLOW = Figure("slow_p95", "ms", 50, "at most", "How long <it> takes")
NONE = Figure("disorder", "events", 0, "at most", "Events out of order")
SEEN = Machine(fsync_ms=0.5, cores=2, load=1.25)


def test_a_size_is_a_table_and_two_sizes_a_chart(tmp_path: Path) -> None:
    writing.write(tmp_path, 10_000, [Result(SLOW, 20), Result(NONE, 0)], SEEN)
    assert "| slow_p95 | 20 | at most 50 | ms | holds |" in (tmp_path / "performance.md").read_text()
    assert not list((tmp_path / "performance").glob("*.svg"))
    writing.write(tmp_path, 1_000_000, [Result(SLOW, 61.5), Result(NONE, 0)], SEEN)
    page = (tmp_path / "performance.md").read_text()
    assert page.index("1,000,000 cases") < page.index("10,000 cases")
    assert "| 61.5 | at most 50 | ms | **does not hold** |" in page
    assert "performance/slow_p95.svg" in page
    drawn = ET.parse(tmp_path / "performance" / "slow_p95.svg").getroot()  # noqa: S314
    assert "10,000 cases: 20; 1,000,000 cases: 61.5" in drawn.attrib["aria-label"]
    assert len(drawn.findall("{http://www.w3.org/2000/svg}circle")) == 2


def test_measuring_one_figure_again_keeps_the_others(tmp_path: Path) -> None:
    writing.write(tmp_path, 10_000, [Result(SLOW, 20), Result(NONE, 0)], SEEN)
    writing.write(tmp_path, 10_000, [Result(SLOW, 25)], SEEN)
    kept = json.loads((tmp_path / "performance" / "10000.json").read_text())
    assert kept["slow_p95"]["value"] == 25
    assert kept["disorder"]["value"] == 0
