"""Words of letters that stand only where something is so, and decisions that follow from one another."""

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
CIRCLE = "".join(
    f"""  {one}:
    name: {{en: {one.title()}, cy: {one.title()}}}
    decision: {{name: decisions/again.yaml#Again, with: {{Turn: 1}}}}
    on: {{done: [{{if: 'result.value = "again"', to: {other}}}, {{to: answer}}], failed: answer}}
"""
    for one, other in (("first", "second"), ("second", "first"))
)

REGION = """      {name}:
        name: {{en: Part, cy: Rhan}}
        states:
          ask:
            name: {{en: Ask, cy: Gofyn}}
            decision: {{name: decisions/again.yaml#Again, with: {{Turn: 1}}}}
            on: {{done: asked, failed: asked}}
          asked: {{name: {{en: Asked, cy: Gofynnwyd}}, final: true}}
"""
RACE = f"""  both:
    name: {{en: Both, cy: Y ddau}}
    join: any
    regions:
{REGION.format(name="one")}{REGION.format(name="two")}    on: {{done: answer}}
"""


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
    trial = Trial(deciding(tmp_path, CIRCLE), Example("", Place(""), "", ""), {}, MONDAY, Budget())
    with pytest.raises(Refused, match="does it go round"):
        trial.begin()


def test_the_answer_to_a_state_that_another_answer_has_left_is_passed_over(tmp_path: Path) -> None:
    trial = Trial(deciding(tmp_path, RACE), Example("", Place(""), "", ""), {}, MONDAY, Budget())
    trial.begin()
    assert trial.state is not None
    assert set(trial.state.active) == {"answer"}


def deciding(folder: Path, states: str) -> Package:
    """A service whose process begins with these states."""
    made = begun("round", folder)
    (made / "decisions").mkdir()
    (made / "decisions" / "again.yaml").write_text(AGAIN, encoding="utf-8")
    process = made / "process.yaml"
    text = process.read_text(encoding="utf-8")
    process.write_text(text.replace("states:\n", f"states:\n{states}"), encoding="utf-8")
    return read(made)
