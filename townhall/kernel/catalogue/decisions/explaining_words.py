"""The words in which a decision is explained, in English and in Welsh."""

from collections.abc import Mapping

SIGNS = {
    "en": {"=": "", "!=": "not ", "<": "less than ", "<=": "at most ", ">": "more than ", ">=": "at least "},
    "cy": {"=": "", "!=": "nid ", "<": "llai na ", "<=": "hyd at ", ">": "mwy na ", ">=": "o leiaf "},
}
DATE_SIGNS = {
    "en": {"=": "", "!=": "not ", "<": "before ", "<=": "on or before ", ">": "after ", ">=": "on or after "},
    "cy": {"=": "", "!=": "nid ", "<": "cyn ", "<=": "ar neu cyn ", ">": "ar \u00f4l ", ">=": "ar neu ar \u00f4l "},
}
HITS = {
    "en": {
        "U": "Only one rule may apply.",
        "A": "Several rules may apply if they say the same.",
        "P": "Of the rules that apply, the one with the most important result counts.",
        "F": "The first rule that applies counts.",
        "R": "All rules that apply count, in their order.",
        "O": "All rules that apply count, the most important result first.",
        "C": "All rules that apply count.",
    },
    "cy": {
        "U": "Dim ond un rheol a gaiff fod yn gymwys.",
        "A": "Caiff sawl rheol fod yn gymwys os ydynt yn dweud yr un peth.",
        "P": "O'r rheolau sy'n gymwys, yr un \u00e2'r canlyniad pwysicaf sy'n cyfrif.",
        "F": "Y rheol gyntaf sy'n gymwys sy'n cyfrif.",
        "R": "Mae pob rheol sy'n gymwys yn cyfrif, yn eu trefn.",
        "O": "Mae pob rheol sy'n gymwys yn cyfrif, y canlyniad pwysicaf yn gyntaf.",
        "C": "Mae pob rheol sy'n gymwys yn cyfrif.",
    },
}
MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ),
    "cy": (
        "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd",
        "Rhagfyr",
    ),
}  # fmt: skip
COUNTED = {
    "en": {
        "year": ("year", "years"), "month": ("month", "months"), "day": ("day", "days"), "hour": ("hour", "hours"),
        "minute": ("minute", "minutes"),
    },
    "cy": {
        "year": ("flwyddyn", "blynedd"), "month": ("mis", "mis"), "day": ("diwrnod", "diwrnod"),
        "hour": ("awr", "awr"), "minute": ("munud", "munud"),
    },
}  # fmt: skip
"""One of each, and several."""
WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "applies": "Rule {number} applies: {why}.",
        "does not": "Rule {number} does not apply: {why}.",
        "is": "{label} is {value}",
        "would": "{label} is {value}, and it would have to be {test}",
        "always": "it always does",
        "unknown": "not known",
        "yes": "yes",
        "no": "no",
        "nothing": "nothing",
        "no time": "no time at all",
        "and": " and ",
        "or": " or ",
        "anything": "anything",
        "but": "anything but {tests}",
        "between": "from {low} to {high}",
        "least": "at least {end}",
        "more": "more than {end}",
        "most": "at most {end}",
        "less": "less than {end}",
        "one of": "one of ",
        "part": "{source}'s {name}",
        "result": "Result: {result}.",
        "none": "No rule applies.",
    },
    "cy": {
        "applies": "Mae rheol {number} yn gymwys: {why}.",
        "does not": "Nid yw rheol {number} yn gymwys: {why}.",
        "is": "{label}: {value}",
        "would": "{label}: {value} (byddai angen: {test})",
        "always": "mae'n gymwys bob amser",
        "unknown": "anhysbys",
        "yes": "ie",
        "no": "na",
        "nothing": "dim",
        "no time": "dim amser o gwbl",
        "and": " a ",
        "or": " neu ",
        "anything": "unrhyw beth",
        "but": "unrhyw beth ond {tests}",
        "between": "o {low} hyd at {high}",
        "least": "o leiaf {end}",
        "more": "mwy na {end}",
        "most": "hyd at {end}",
        "less": "llai na {end}",
        "one of": "un o ",
        "part": "{name} ({source})",
        "result": "Canlyniad: {result}.",
        "none": "Nid oes rheol yn gymwys.",
    },
}
