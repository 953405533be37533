"""Words of letters that stand there only where something is so, and cases in which one thing follows from another."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from townhall.kernel.catalogue.decisions.model import Place
from townhall.kernel.catalogue.packages.filling import filled
from townhall.kernel.catalogue.packages.model import Example, Package
from townhall.kernel.catalogue.packages.reading import read
from townhall.kernel.catalogue.packages.running import Budget, Trial
from townhall.kernel.catalogue.packages.shelf import begun, folder_of
from townhall.kernel.catalogue.processes.engine import Refused
from townhall.kernel.notify.rules import as_text, fill

MONDAY = datetime(2026, 5, 11, tzinfo=UTC)
REASONS = {"en": ("left a tag", "by 6am"), "cy": ("Gadawodd y criw dag", "erbyn 6am")}

AGAIN = """name: Again
inputs: {Turn: number}
decisions: {Again: {type: string, question: "Once more?", value: 'if Turn = 1 then "again" else "on"'}}
"""
STATES = "".join(
    f"""  {one}:
    name: {{en: {one.title()}, cy: {one.title()}}}
    decision: {{name: decisions/again.yaml#Again, with: {{Turn: 1}}}}
    on: {{done: [{{if: 'result.value = "again"', to: {other}}}, {{to: answer}}], failed: answer}}
"""
    for one, other in (("first", "second"), ("second", "first"))
)


def test_a_refusal_gives_its_own_reason_alone_in_both_languages() -> None:
    package = read(folder_of("missed_bin"))
    given = {"late": False, "tagged": True, "not_out": False}
    for language, (so, not_so) in REASONS.items():
        wording = package.letters["refused"].wording
        values = filled(package, wording, language, given=given, answers={}, variables={}, told={})
        text = as_text(fill(wording.parts(language)[1], values, base_url=""))
        assert so in text
        assert not_so not in text


def test_decisions_that_follow_from_one_another_without_an_end_are_refused(tmp_path: Path) -> None:
    trial = Trial(going_round(tmp_path), Example("", Place(""), "", ""), {}, MONDAY, Budget())
    with pytest.raises(Refused, match="does it go round"):
        trial.begin()


def going_round(folder: Path) -> Package:
    """A service with two decisions of which each asks for the other."""
    made = begun("round", folder)
    (made / "decisions").mkdir()
    (made / "decisions" / "again.yaml").write_text(AGAIN, encoding="utf-8")
    process = made / "process.yaml"
    text = process.read_text(encoding="utf-8")
    process.write_text(text.replace("states:\n", f"states:\n{STATES}"), encoding="utf-8")
    return read(made)
