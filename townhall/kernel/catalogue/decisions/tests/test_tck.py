"""The DMN TCK, as far as it lies beside the project."""

from pathlib import Path

from townhall.kernel.catalogue.decisions.tck import run_folder


def test_nearly_all_results_of_the_tck_are_as_expected(shared_data: Path) -> None:
    score = run_folder(shared_data / "workflow" / "dmn-tck")
    assert score.total > 2600
    assert score.passed >= 0.97 * score.total, score.failures[:5]
    assert score.passed - score.null_passed >= 0.97 * (score.total - score.null_total)
