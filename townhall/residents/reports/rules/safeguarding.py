"""Words that mean a person may be in danger. They hold a report back from the public and bring help to its writer."""

import re
from typing import Literal

Danger = Literal["", "self_harm", "child", "abuse"]

SAFEGUARDING_WORDS: dict[Danger, tuple[str, ...]] = {
    "self_harm": (
        "kill myself",
        "hurt myself",
        "harm myself",
        "end my life",
        "end it all",
        "take my own life",
        "suicide",
        "suicidal",
        "want to die",
        "wanna die",
        "no reason to live",
        "can't go on",
        "cant go on",
        "self harm",
        "self-harm",
        "cutting myself",
        "better off dead",
        "jump off",
        "overdose",
        "lladd fy hun",
        "brifo fy hun",
        "niweidio fy hun",
        "hunanladdiad",
        "eisiau marw",
    ),
    "child": (
        "child is being",
        "child being hurt",
        "child being hit",
        "kids left alone",
        "child left alone",
        "children left alone",
        "hitting the child",
        "hits the child",
        "hitting his kid",
        "hitting her kid",
        "hits his kid",
        "hits her kid",
        "hits the kids",
        "baby screaming",
        "child screaming",
        "kid screaming",
        "child abuse",
        "neglected child",
        "child neglect",
        "child locked",
        "kids locked",
        "child in danger",
        "grooming",
        "touching kids",
        "child not fed",
        "kids not fed",
        "baby left",
        "bruises on the",
        "plentyn mewn perygl",
        "plant ar eu pen eu hunain",
        "plant ar ben eu hunain",
        "cam-drin plant",
        "taro'r plentyn",
    ),
    "abuse": (
        "hits me",
        "hit me",
        "beats me",
        "beating me",
        "beating his wife",
        "beating her",
        "hitting his wife",
        "hitting her",
        "domestic abuse",
        "domestic violence",
        "afraid of my husband",
        "afraid of my partner",
        "scared of my partner",
        "scared of my husband",
        "scared of my boyfriend",
        "scared of my ex",
        "he will kill me",
        "he'll kill me",
        "threatened to kill",
        "won't let me leave",
        "wont let me leave",
        "raped",
        "rape",
        "forced to work",
        "modern slavery",
        "strangled",
        "cam-drin domestig",
        "trais domestig",
        "mae'n fy nharo",
        "ofn fy ngŵr",
        "ofn fy mhartner",
    ),
}
"""By kind of danger, in English and Welsh, lower case. A routing rule uses them to reach the safeguarding team."""

_PATTERNS: dict[Danger, re.Pattern[str]] = {
    kind: re.compile(r"(?<!\w)(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words) + r")(?!\w)")
    for kind, words in SAFEGUARDING_WORDS.items()
}


def danger_in(text: str) -> Danger:
    """The gravest kind of danger that the words speak of; empty where they speak of none.

    A list of words finds no more than it holds, so staff still read every text; it errs towards finding.
    """
    tidy = text.lower().replace("’", "'")
    for kind, pattern in _PATTERNS.items():
        if pattern.search(tidy):
            return kind
    return ""


def all_words() -> list[str]:
    """Every safeguarding word, for a routing rule."""
    return [word for words in SAFEGUARDING_WORDS.values() for word in words]
