"""Files are changed in place: what is not touched stays as it was."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from townhall.kernel.catalogue.packages.reading import examined_files
from townhall.kernel.catalogue.packages.shelf import SHELF, SMALLEST
from townhall.residents.editor.rules import (
    bookables,
    comparing,
    form_changes,
    forms,
    letters,
    lines,
    messages,
    process_changes,
    process_names,
    processes,
    sheets,
    table_changes,
    tables,
    trials,
)
from townhall.residents.editor.rules.forms import Change, Choice
from townhall.residents.editor.rules.parts import GONE, Part, accepted, mark
from townhall.residents.editor.rules.yaml_files import (
    CannotChange,
    Unreadable,
    Words,
    opened,
    plain,
    put_words,
    written,
)
from townhall.residents.editor.tests.factories import files

YAML = sorted([*SHELF.glob("*/**/*.yaml"), *SMALLEST.glob("**/*.yaml")])
LETTERS = sorted(SHELF.glob("*/letters/*.md"))
FORM = """name: {en: A, cy: B} # the name
pages:
  one:
    # asked first
    questions:
      age: {type: number, label: {en: Age, cy: Oed}} # in years
      why: {type: text, label: {en: Why, cy: Pam}}
"""
HOSTILE = [
    "a: &x 1\nb: *x\n",
    "a: !!python/object:os.system {}\n",
    "- 1\n",
    "a: [",
    "\x00",
    "a: 1\na: 2\n",
    "[" * 100,
    "",
]


@pytest.mark.parametrize("path", YAML, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_file_of_the_shelf_comes_out_as_it_went_in(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    made = written(opened(text, path.name))
    if "\\u" in text:
        assert plain(opened(made, path.name)) == plain(opened(text, path.name))
    else:
        assert made == text


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: f"{path.parent.parent.name}/{path.name}")
def test_every_letter_of_the_shelf_comes_out_as_it_went_in(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert letters.letter_of(letters.file_of(letters.letter_of(text))) == letters.letter_of(text)
    assert letters.file_of(letters.letter_of(text)).split() == text.split()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Unreadable, match=r"\w"):
        opened(text, "form.yaml")


def test_a_changed_label_leaves_comments_and_everything_else_alone() -> None:
    tree = opened(FORM, "form.yaml")
    put_words(form_changes.find(tree, "age").held, "label", Words("How old are you?", "Faint yw eich oed?"))
    changed = FORM.replace("{en: Age, cy: Oed}", '{en: "How old are you?", cy: "Faint yw eich oed?"}')
    assert written(tree) == changed


def test_a_question_moves_with_its_comment() -> None:
    tree = opened(FORM, "form.yaml")
    form_changes.move_question(tree, "why", -1)
    assert [each.name for each in forms.pages_of(opened(written(tree), "f"))[0].questions] == ["why", "age"]
    assert "# in years" in written(tree)


def test_an_added_question_has_a_name_of_its_own_and_is_valid() -> None:
    tree = opened(FORM, "form.yaml")
    names = [form_changes.add_question(tree, "one", kind, Words("Age", "Oed")) for kind in forms.KINDS]
    assert names[0] == "age_2"
    assert len(set(names)) == len(names)
    found = examined_files(
        "skips", {path: text.encode() for path, text in files(**{"form.yaml": written(tree)}).items()}
    )
    wrong = [each.message for each in found.problems if "no type" in each.message or "not YAML" in each.message]
    assert wrong == []


def test_what_is_typed_for_a_question_is_written_and_the_rest_is_kept() -> None:
    tree = opened(FORM.replace("label: {en: Why", "custom_unknown: 1, label: {en: Why"), "form.yaml")
    told = Change(
        "radios", {"label": Words("Why?", "Pam?"), "hint": Words("Choose", "Dewiswch")}, {"when": "age > 17"},
        options=[Choice("", Words("Work", "Gwaith")), Choice("", Words("Home", "Cartref"))], required=False,
    )  # fmt: skip
    form_changes.change_question(tree, "why", told)
    held = forms.asked_in(opened(written(tree), "f"))["why"]
    assert (held.kind, held.plain["when"], held.required) == ("radios", "age > 17", False)
    assert [each.name for each in held.options] == ["work", "home"]
    assert "custom_unknown: 1" in written(tree)


def test_writing_what_is_shown_changes_nothing() -> None:
    for path in (each for each in YAML if each.name == "form.yaml" or each.parent.name == "forms"):
        text = path.read_text(encoding="utf-8")
        tree = opened(text, path.name)
        for each in forms.asked_in(tree).values():
            change = Change(
                each.kind,
                each.texts,
                each.plain,
                each.required,
                each.options,
                each.rows,
                each.musts,
                each.types,
                each.page,
            )
            form_changes.change_question(tree, each.name, change)
        assert written(tree) == text, path


def test_writing_the_steps_as_shown_changes_nothing() -> None:
    for path in (each for each in YAML if each.name == "process.yaml"):
        text = path.read_text(encoding="utf-8")
        tree = opened(text, path.name)
        for each in processes.steps_of(tree):
            if not each.depth:
                process_changes.change_step(tree, each)
        assert written(tree) == text, path


def test_writing_the_sheet_as_shown_changes_nothing() -> None:
    for path in (each for each in YAML if each.name == "service.yaml"):
        text = path.read_text(encoding="utf-8")
        tree = opened(text, path.name)
        sheets.write(tree, sheets.sheet_of(tree))
        assert written(tree) == text, path


def test_writing_tables_as_shown_changes_nothing() -> None:
    for path in (each for each in YAML if each.parent.name == "decisions"):
        text = path.read_text(encoding="utf-8")
        tree = opened(text, path.name)
        for name in tables.decisions_in(tree):
            grid = tables.grid_of(tree, name)
            if grid is not None:
                rows = {row.number - 1: (row.cells, row.why) for row in grid.rows}
                typed = tables.Typed(
                    grid.hit, grid.total, grid.inputs, grid.outputs, rows, tables.inputs_in(tree), grid.question
                )
                table_changes.write(tree, name, typed)
        assert written(tree) == text, path


TABLE = table_changes.begun("who_pays")


def test_rules_and_columns_are_added_moved_and_taken_out() -> None:
    tree = opened(TABLE, "t.yaml")
    assert table_changes.add_row(tree, "Who pays") == 2
    table_changes.move_row(tree, "Who pays", 2, -1)
    table_changes.add_column(tree, "Who pays", "inputs", "Age")
    table_changes.add_column(tree, "Who pays", "outputs", "fee")
    table_changes.move_column(tree, "Who pays", "inputs", 1, -1)
    table_changes.remove_row(tree, "Who pays", 0)
    grid = tables.grid_of(opened(written(tree), "t.yaml"), "Who pays")
    assert grid is not None
    assert [each.value for each in grid.columns] == ["Age", "Answer", "result", "fee"]
    assert [row.cells for row in grid.rows] == [("-", "-", "null", "null"), ("-", "-", '"no"', "null")]
    table_changes.remove_column(tree, "Who pays", "outputs", 1)
    with pytest.raises(CannotChange, match="at least one"):
        table_changes.remove_column(tree, "Who pays", "outputs", 0)


def test_rows_are_pasted_from_a_spreadsheet() -> None:
    tree = opened(TABLE, "t.yaml")
    assert table_changes.paste_rows(tree, "Who pays", 'true\t"a"\tBecause\r\n\t"b"\r\n') == 2
    grid = tables.grid_of(tree, "Who pays")
    assert grid is not None
    assert [(row.cells, row.why) for row in grid.rows[2:]] == [
        (("true", '"a"'), Words("Because")), (("-", '"b"'), Words())
    ]
    with pytest.raises(CannotChange, match="Line 1 has 4 cells"):
        table_changes.paste_rows(tree, "Who pays", "a\tb\tc\td")


CELL = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=30).map(str.strip)


@given(CELL, CELL, st.builds(Words, CELL.filter(bool), CELL))
def test_whatever_is_typed_into_cells_comes_out_again(one: str, two: str, why: Words) -> None:
    tree = opened(TABLE, "t.yaml")
    grid = tables.grid_of(tree, "Who pays")
    assert grid is not None
    table_changes.write(tree, "Who pays", tables.Typed("first", "", grid.inputs, grid.outputs, {0: ((one, two), why)}))
    after = tables.grid_of(opened(written(tree), "t.yaml"), "Who pays")
    assert after is not None
    assert (after.rows[0].cells, after.rows[0].why) == ((one, two), why)
    assert after.rows[1].cells == grid.rows[1].cells


def test_a_reason_a_heading_and_a_question_may_be_in_english_alone_but_not_in_welsh_alone() -> None:
    tree, both = opened(TABLE, "t.yaml"), Words("Who pays?", "Pwy sy'n talu?")
    grid = tables.grid_of(tree, "Who pays")
    assert grid is not None
    heads = [tables.Column("in0", "Answer", both)]
    typed = tables.Typed("first", "", heads, grid.outputs, {0: (grid.rows[0].cells, both)}, question=both)
    table_changes.write(tree, "Who pays", typed)
    table_changes.add_column(tree, "Who pays", "outputs", "fee")
    after = tables.grid_of(opened(written(tree), "t.yaml"), "Who pays")
    assert after is not None
    assert (after.inputs[0].label, after.rows[0].why, after.question) == (both, both, both)
    assert after.rows[1].why == Words("Every other answer")
    with pytest.raises(CannotChange, match="has no English"):
        table_changes.put_said(tree, "name", Words("", "Pwy?"))


def test_what_people_are_told_of_a_rule_stays_with_it_and_is_in_both_languages() -> None:
    tree = opened(TABLE, "t.yaml")
    grid = tables.grid_of(tree, "Who pays")
    assert grid is not None
    typed = tables.Typed("first", "", grid.inputs, grid.outputs, {}, told={1: Words("You pay.", "Chi sy'n talu.")})
    table_changes.write(tree, "Who pays", typed)
    table_changes.add_column(tree, "Who pays", "inputs", "Age")
    after = tables.grid_of(opened(written(tree), "t.yaml"), "Who pays")
    assert after is not None
    assert [row.told for row in after.rows[:2]] == [Words(), Words("You pay.", "Chi sy'n talu.")]
    with pytest.raises(CannotChange, match="both English and Welsh"):
        table_changes.write(tree, "Who pays", replace(typed, told={0: Words("You pay.")}))


@given(st.dictionaries(st.sampled_from(["en", "cy"]), CELL, min_size=2))
def test_any_words_come_out_as_they_were_typed(said: dict[str, str]) -> None:
    tree = opened(FORM, "form.yaml")
    text = Words(said["en"] or "x", said["cy"] or "y")
    put_words(form_changes.find(tree, "age").held, "label", text)
    assert forms.asked_in(opened(written(tree), "f"))["age"].label == text


def test_a_step_with_a_decision_names_the_answers_it_looks_at() -> None:
    tree = opened(files()["process.yaml"], "process.yaml")
    name = process_changes.add_step(tree, Words("Decide", "Penderfynu"), "decision")
    step = processes.Step(
        name, Words("Decide", "Penderfynu"), "decision", service="decisions/who.yaml#Who", values="Adult = is_adult",
        ways=(
            processes.Way("done", 'result.value = "yes"', "answer", "answer = result.value"),
            processes.Way("failed", to="answered"),
        ),
    )  # fmt: skip
    process_changes.change_step(tree, step)
    process_names.settle(tree, {"is_adult": "boolean", "question": "string"})
    text = written(tree)
    assert "facts: {is_adult: boolean}" in text
    assert "variables: {answer: string}" in text
    assert next(each for each in processes.steps_of(opened(text, "p")) if each.name == name).ways == tuple(
        processes.Way(each.event, each.condition, each.to, each.sets, "", f"{each.event}.0") for each in step.ways
    )


def test_the_day_that_a_booking_brings_is_kept_as_a_day() -> None:
    tree = opened(files()["process.yaml"], "process.yaml")
    name = process_changes.add_step(tree, Words("Choose a day", "Dewis diwrnod"), "booking", "van")
    assert tree["states"][name]["booking"] == "van"
    way = processes.Way("done", to="answer", sets="day = result.on; hour = result.time")
    held = Words("Choose a day", "Dewis diwrnod")
    process_changes.change_step(tree, processes.Step(name, held, "booking", service="van", ways=(way,)))
    process_names.settle(tree, {})
    assert "variables: {day: date, hour: string}" in written(tree)


@pytest.mark.parametrize("path", sorted(SHELF.glob("*/service.yaml")), ids=lambda path: path.parent.name)
def test_writing_what_can_be_booked_as_shown_changes_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = opened(text, path.name)
    for each in bookables.bookables_of(tree):
        bookables.change_bookable(tree, each)
    assert written(tree) == text


def test_what_can_be_booked_is_compared_by_day_and_number() -> None:
    before = (SHELF / "bulky_waste" / "service.yaml").read_text(encoding="utf-8")
    after = before.replace("capacity: 20", "capacity: 12").replace("wednesday: 07:00-12:00, ", "")
    found = comparing.differences({"service.yaml": before}, {"service.yaml": after})
    assert [(each.about, each.name.en) for each in found] == [("bookable", "Bulky waste van")]
    assert {(part.key, part.before, part.after) for part in found[0].parts} == {
        ("wednesday", "07:00-12:00", ""), ("capacity", "20", "12"),
    }  # fmt: skip


def changed(slug: str, file: str, *pairs: tuple[str, str]) -> list[comparing.Difference]:
    """What is told where a file of a service of the shelf has other words."""
    before = (SHELF / slug / file).read_text(encoding="utf-8")
    after = before
    for old, new in pairs:
        assert old in before, old
        after = after.replace(old, new)
    return list(comparing.differences({file: before}, {file: after}))


def test_buttons_partners_and_messages_that_change_are_told_in_words_beside_all_else() -> None:
    found = changed(
        "temporary_event_notice", "service.yaml", ("police: {en: The police", "police: {en: Police"),
        ("lgsl: ", "lgsl: 9"), ("nations: [england, wales]", "nations: [wales]"),
    )  # fmt: skip
    assert [(each.about, each.name.en) for each in found] == [
        ("service", "service.yaml"), ("partner", "Police"), ("file", "service.yaml: nations"),
    ]  # fmt: skip
    assert [(part.key, part.before, part.after) for part in found[1].parts] == [("name", "The police", "Police")]
    pressed = changed("blue_badge", "service.yaml", ("try_again: {en: Pay,", "try_again: {en: Pay now,"))
    assert [(each.about, each.name.en) for each in pressed] == [("button", "Pay now")]
    said = changed(
        "blue_badge", "process.yaml", ("Papers were sent", "Papers came"), ("name: {en: Sort,", "name: {en: Sort it,"),
        ("ends_on: date", "ends_on: string"), ("skills: [mobility], form: assessment, due: {working days: 30}",
        "form: assessment, due: {working days: 30}"),
    )  # fmt: skip
    assert [(each.about, each.name.en) for each in said] == [
        ("message", "Papers came"), ("step", "Sort it"), ("step", "Assess"), ("file", "process.yaml: variables"),
    ]  # fmt: skip


@pytest.mark.parametrize("held", ["messages:\n", "messages: {}\n", "messages: # ours\n"])
def test_a_first_message_stands_where_the_file_has_a_place_for_it(held: str) -> None:
    tree = opened(f"name: A\n{held}facts: {{a: string}}\n# the steps\nstates: {{}}\n", "process.yaml")
    messages.add_message(tree, Words("Given up", "Ildiwyd"))
    lines_now = [line for line in written(tree).splitlines() if line.strip()]
    keys = [line.split(":")[0] for line in lines_now]
    assert keys == ["name", "messages", "  given_up", "facts", "# the steps", "states"]


def test_a_line_that_is_no_value_is_refused() -> None:
    with pytest.raises(CannotChange, match="name = expression"):
        process_changes.pairs("fee")


def test_what_differs_is_told_by_question_rule_and_letter() -> None:
    before = files(**{"decisions/who_pays.yaml": TABLE})
    form, table = opened(before["form.yaml"], "f"), opened(TABLE, "t")
    put_words(form_changes.find(form, "question").held, "label", Words("What now?", "Beth nawr?"))
    table_changes.paste_rows(table, "Who pays", 'false\t"b"')
    letter = letters.letter_of(before["letters/received.md"])
    told = letters.Letter({**letter.head, "subject_en": "Hello"}, letter.body_en, letter.body_cy, letter.examples)
    after = before | {
        "form.yaml": written(form),
        "decisions/who_pays.yaml": written(table),
        "letters/received.md": letters.file_of(told),
    }
    found = {(each.about, each.sort) for each in comparing.differences(before, after)}
    assert found == {("question", "changed"), ("rule", "added"), ("letter", "changed")}
    told = {each.file: each.lines for each in lines.line_differences(before, after)}
    assert ("+", "subject_en: Hello") in told["letters/received.md"]
    assert comparing.differences(before, before) == ()


def test_a_file_may_only_stand_where_a_folder_has_a_place() -> None:
    for wrong in ("../etc/passwd", "a.py", "letters/../x.md", "letters/X.md"):
        with pytest.raises(CannotChange, match="no place"):
            accepted({wrong: ""})
    with pytest.raises(CannotChange, match="larger"):
        accepted({"README.md": "x" * 1_000_001})
    with pytest.raises(CannotChange, match="character"):
        accepted({"README.md": "\0"})


def test_a_mark_is_of_its_part_alone() -> None:
    one, other = {"form.yaml": FORM}, {"form.yaml": FORM.replace("Pam", "Paham")}
    assert mark(one, Part("form.yaml", ("pages", "two"))) == mark(other, Part("form.yaml", ("pages", "two")))
    assert mark(one, Part("form.yaml", ("pages", "one"))) != mark(other, Part("form.yaml", ("pages", "one")))
    assert mark(one, Part("letters/a.md")) == GONE


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"answers": 1}', '{"happens": [[1]]}', '{"happens": [["a", "eval", "c", "d"]]}', "x" * 200_000],
)
def test_what_a_page_carries_along_may_be_anything(text: str) -> None:
    assert trials.trial_of(text) == trials.Trial()
