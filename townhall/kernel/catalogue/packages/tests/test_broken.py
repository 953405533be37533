"""Each kind of mistake in a package is named with file, line and cure: a row is a mistake made in a good package."""

# ruff: noqa: E501 (a row is one line)

import pytest

from townhall.kernel.catalogue.packages.tests.breaking import broken, files, line_of, told

P, F, S, FEE = "process.yaml", "form.yaml", "service.yaml", "decisions/fee.yaml"
ACCOUNT = "label: {en: Council tax account number"
FLOOR = "type: number, label: {en: Floor, cy: Llawr}, must: {holds: floor < 9, say: {en: Too high, cy: Rhy uchel}}"
MISTAKES = {
    # what: (file, text, changed to, (file of the message, text on its line), message, cure)
    "an unknown word in the sheet": (S, "lgsl:", "lsgl:", (S, "lgsl:"), "There is no 'lsgl' here.", "Did you mean 'lgsl'?"),
    "a sheet without appeal": (S, "appeal:", "contact2:", (S, "name:"), "The service has no 'appeal'.", "Add 'appeal:'."),
    "a sheet without Welsh": (
        S, 'cy: "Holwch y tîm casglu gwastraff."', 'cy: ""', (S, "contact:"), "has no Welsh.", "Write it after 'cy:'.",
    ),
    "a lawful basis that is none": (S, "data: public_task", "data: habit", (S, "data:"), "no 'habit'", "public_task"),
    "a form without Welsh": (
        F, "cy: Enw llawn}", 'cy: ""}', (F, "Enw llawn"), "'Full name' has no Welsh.", "Write it after 'cy:'.",
    ),
    "a letter without Welsh": (
        "letters/collected.md", "--- cy ---", "", None, "has no Welsh", "--- cy ---",
    ),
    "a subject without Welsh": (
        "letters/booked.md", "subject_cy:", "subject_cu:", ("letters/booked.md", "title:"), "no Welsh subject", "subject_cy",
    ),
    "a letter that is not there": (
        P, "letter: collected", "letter: colected", (P, "letter: collected"), "no file for the letter", "Add colected.md.",
    ),
    "a letter that nobody sends": (
        P, ", do: [{letter: collected}]", "", ("letters/collected.md", "---"), "Nobody sends", "Did you mean 'not_collected'?",
    ),
    "a placeholder that nothing fills": (
        "letters/collected.md", "((reference))", "((referee))", ("letters/collected.md", "((reference))"),
        "Nothing fills ((referee)).", "Did you mean 'reference'?",
    ),
    "a placeholder without an example": (
        "letters/collected.md", "  reference: 9TX2-MKD\n", "", None, "((reference)) has no example.", "Add '  reference: …'",
    ),
    "an example of a placeholder that is nowhere": (
        "letters/collected.md", "  reference:", "  referee:", ("letters/collected.md", "  reference:"),
        "((referee)) is nowhere in the letter.", "Take it out",
    ),
    "a rule about what is typed alone": (
        F, "required: false}", f"required: false}}\n      floor: {{{FLOOR}}}", None, "Nothing uses the question 'floor'.",
        "a rule about more than itself",
    ),
    "a text of a table without quotes": (
        FEE, "then: 700 * (Items - 3)", "then: private", (FEE, "then: 700 *"), "Nothing is called 'private'",
        'Put a text in quotes: "private"; in YAML \'"private"\'.',
    ),
    "a placeholder in one language": (
        "letters/no_day.md", "Helo ((name))", "Helo", ("letters/no_day.md", "Hello ((name))"),
        "((name)) is in the English and not in the Welsh.", "into both",
    ),
    "a placeholder that is not closed": (
        "letters/no_day.md", "((name)),", "((name),", ("letters/no_day.md", "Hello"), "is not closed", "Write ((name)).",
    ),
    "a value that a letter has no place for": (
        P, "{letter: no_reduction}", "{letter: {name: no_reduction, with: {sum: fee_pence}}}", (P, "no_reduction"),
        "has no ((sum))", "Take it out of 'with'.",
    ),
    "somebody nobody knows": (
        P, "{letter: no_reduction}", "{letter: {name: no_reduction, to: polise}}", (P, "no_reduction"),
        "Nobody is called 'polise'", "partners",
    ),
    "a decision that is not there": (
        P, "refund.yaml#Refund", "refund.yaml#Refunds", (P, "refund.yaml#Refund"), "no decision 'Refunds'", "There are Refund",
    ),
    "a file of decisions that is not there": (
        P, "decisions/refund.yaml", "decisions/refunds.yaml", (P, "refund.yaml#"), "no file for the decision", "Add refunds",
    ),
    "a decision that nobody calls": (
        FEE, "decisions:", "decisions:\n  Discount: \"5\"", (FEE, "  Fee:"), "Nobody calls the decision 'Discount'", "Ask for it",
    ),
    "a decision without its input": (
        P, "Items: total, Reduction: reduction", "Items: total", (P, "Reduction: reduction"), "is not given 'Reduction'", "with",
    ),
    "a decision with an input of another": (
        P, "Reduction: reduction", "Reductions: reduction", (P, "Reduction: reduction"), "no input 'Reductions'", "Items",
    ),
    "a question that nobody uses": (
        F, "for: {en: An officer checks", "hint: {en: An officer checks", (F, ACCOUNT), "Nothing uses the question 'account'.",
        "say under 'for'",
    ),
    "a state that is never reached": (
        P, "to: full_price, do", "to: pay, do", (P, "Cyfrifo'r pris llawn"),
        "", "",
    ),
    "a dead end": (P, "    after: {name: day, at: booked_on, to: collect}\n", "", (P, "  collect:"), "'collect' is never reached.", "Lead"),
    "a task without a way out": (
        P, "      done: firm\n", "", (P, "name: {en: Payment"), "what comes when it is done", "done",
    ),
    "an example of a decision that fails": (
        FEE, "expect: {Fee: 3700}", "expect: {Fee: 3600}", (FEE, "    type: number"), "'four' fails: Fee is 3700, not 3600", "Mend",
    ),
    "a fee that no decision gives": (
        P, "amount_pence: fee_pence, minutes", "amount_pence: \"3000\", minutes", (P, "    payment:"), "No decision gives", "result.value",
    ),
    "a fee of a table that is not there": (S, "#Fee", "#Price", (S, "decision:"), "There is no decision 'Price'", "There are Fee"),
    "a free service that takes money": (
        S, "  decision: decisions/fee.yaml#Fee\n", "", (S, "  decision: dec"), "There is no 'decision'.", "Add 'decision:'.",
    ),
    "a team that is not there": (P, "who: waste", "who: wast", (P, "name: {en: Check the reduction"), "There is no team 'wast'.", "Did you mean 'waste'?"),
    "an applicant who is not asked": (
        S, "name: full_name", "name: fullname", (S, "applicant:"), "No question 'fullname' asks for the name.", "type text",
    ),
    "a fact that nobody asks": (
        P, "facts: {total", "facts: {age: number, total", (P, "name:"), "Nobody asks for the fact 'age'", "Ask it in form.yaml",
    ),
    "a fact of another type": (
        P, "reduction: boolean", "reduction: string", (P, "name:"), "is of type string, the answer boolean", "same type",
    ),
    "a fact that no form is told": (
        F, "pages:", "facts: {weather: string}\npages:", (F, "name:"), "Nobody tells the form the fact 'weather'", "today",
    ),
    "an answer that no officer gives": (
        P, "result.has_reduction = true,", "result.reduced = true,", (P, "has_reduction = true,"),
        "does not bring 'reduced'", "has_reduction",
    ),
    "a form of a task that is not there": (
        P, "form: reduction", "form: reductions", (P, "name: {en: Check the reduction"), "There is no form 'reductions'", "Did you mean",
    ),
    "a form of a message that is not there": (
        P, "cy: Tynnwyd yn ôl gan y preswylydd}", "cy: Tynnwyd yn ôl gan y preswylydd, form: why}", (P, "  withdrawn: {en"),
        "There is no form 'why' for the message.", "Add forms/why.yaml.",
    ),
    "a form of a message that nobody fills in": (
        P, "cy: Symudwyd i ddiwrnod arall}", "cy: Symudwyd i ddiwrnod arall, form: visit}", (P, "  booking_moved: {en"),
        "'booking_moved' comes by itself", "Take the form out.",
    ),
    "a button for what comes by itself": (
        S, "buttons:\n", "buttons:\n  booking_moved: {en: Move it, cy: Ei symud}\n", (S, "  try_again: {en: Choose"),
        "The message 'booking_moved' comes by itself.", "Take it out.",
    ),
    "a question that a task's form cannot ask": (
        "forms/reduction.yaml", "has_reduction: {type: yes_no", "has_reduction: {type: files", ("forms/reduction.yaml", "type: "),
        "The form of a task cannot ask a question of type 'files'.", "Ask for it in words",
    ),
    "a README without the law": ("README.md", "## The law", "## Law", None, "There is no part 'The law'.", "Add '## The law'."),
    "a link out of the folder": (
        "README.md", "LGSL 528", "[other](../missed_bin/README.md) LGSL 528", ("README.md", "LGSL 528"), "leaves the folder", "",
    ),
    "an example with an unknown word": (
        "examples/seven_things.yaml", "refused:", "refuses:", ("examples/seven_things.yaml", "  items:"), "no 'refuses'", "refused",
    ),
    "a process that nobody calls": ("spare.yaml", "", "name: {en: a, cy: b}\n", None, "No process calls spare.yaml.", "Call it"),
    "a letter in no language": ("letters/spare.md", "", "Hello", None, "This is no letter", "title"),
    "a file with no place": ("notes.txt", "", "x", None, "There is no place for this file", "A package holds"),
    "a path out of the folder": ("../notes.yaml", "", "x", None, "There is no place for this file", "A package holds"),
    "an absolute path": ("/etc/notes.yaml", "", "x", None, "There is no place for this file", "A package holds"),
    "a text that is not YAML": (F, "pages:", "pages: [", None, "This is not YAML", "Look at the quotes"),
    "an anchor": (S, "lgsl: 528", "lgsl: &number 528", (S, "lgsl:"), "The file uses an anchor", "Write the value out."),
    "an import from outside": (
        FEE, "inputs:", "imports: [{name: x, file: ../../secret.yaml}]\ninputs:", (FEE, "inputs:"), "no '../../secret.yaml'", "without",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", MISTAKES)
def test_a_mistake_is_told_with_file_line_and_cure(what: str) -> None:
    file, old, new, where, message, cure = MISTAKES[what]
    found = told(broken(file, old, new))
    assert found, what
    place = line_of(*where) if where else file.split("/")[-1]
    fitting = [
        text for at, text in found if (at == place if where else place in at) and message in text and cure in text
    ]
    assert fitting, found


def test_the_package_that_is_broken_here_is_good() -> None:
    assert told(files(), run_examples=True) == []


FAILING = {
    # what: (file, text, changed to, file of the message, message)
    "a wrong state": ("examples/four_things.yaml", "state: pay,", "state: book,", "examples/four_things.yaml:12", "the case is in pay, not book"),
    "a letter too few": (P, "to: booked, do: [{letter: booked}]}", "to: booked}", "examples/four_things.yaml:14", "the letters are none, not booked"),
    "a wrong amount": ("examples/four_things.yaml", "amount_pence: 3700", "amount_pence: 3600", "examples/four_things.yaml:12", "amount_pence is 3700, not 3600"),
    "a wrong day": ("examples/payment_fails.yaml", "2026-05-18 10:31}", "2026-05-19}", "examples/payment_fails.yaml", "is due 2026-05-18 10:31, not 2026-05-19"),
    "a wrong refusal": ("examples/seven_things.yaml", "at most 6 things", "at most 7 things", "examples/seven_things.yaml:10", "items, things: the form says 'One collection takes at most 6 things"),
    "a text that no letter says": ("examples/no_reduction.yaml", "no_day: £30", "no_day: £31", "examples/no_reduction.yaml", "does not say '£31'"),
    "a text that a letter must not say": ("examples/no_reduction.yaml", "says: {no_day: £30", "says_not: {no_day: £30", "examples/no_reduction.yaml", "the letter no_day says '£30"),
    "an event that does not fit": ("examples/reduction.yaml", "done: check_reduction", "done: pay", "examples/reduction.yaml:12", "is refused"),
    "an end that no example shows": ("examples/four_things.yaml", ", with: {outcome: collected}, state: collected, letters: [collected]", ", with: {outcome: not_there}, letters: [not_collected]", "process.yaml", "No example comes to 'collected'"),
}  # fmt: skip


@pytest.mark.parametrize("what", FAILING)
def test_an_example_that_fails_says_what_came_instead(what: str) -> None:
    file, old, new, place, message = FAILING[what]
    found = told(broken(file, old, new), run_examples=True)
    assert [text for at, text in found if at.startswith(place) and message in text], found
