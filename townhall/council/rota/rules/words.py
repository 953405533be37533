"""Why a task is with whom it is, in both languages."""

from collections.abc import Sequence

from townhall.council.rota.rules.choosing import Chosen
from townhall.council.rota.rules.shifts import LONDON
from townhall.kernel.catalogue.words import Text, joined
from townhall.kernel.design.dates import hour

WHY_NOBODY = {
    "skills": Text("nobody in the team has all the skills it needs", "nid oes gan neb yn y tîm yr holl sgiliau"),
    "gave_back": Text("everybody who could do it gave it back", "mae pawb a allai ei wneud wedi ei roi yn ôl"),
    "off": Text("nobody who can do it is on shift", "nid oes neb a all ei wneud ar shifft"),
    "full": Text("everybody on shift who can do it has enough to do", "mae gan bawb ar shifft a all ei wneud ddigon"),
}


def reason(chosen: Chosen, skills: Sequence[Text]) -> Text:
    """Why it was they: their shift, what they can do, and how much they have."""
    until, work = chosen.shift.ends.astimezone(LONDON), chosen.worker.open_work
    parts = [Text(f"on shift until {hour(until, 'en')}", f"ar shifft tan {hour(until, 'cy')}")]
    if skills:
        named = joined(skills, ", ")
        parts.append(Text(f"can do what it needs ({named.en})", f"yn gallu gwneud yr hyn sydd ei angen ({named.cy})"))
    return joined([*parts, _compared(chosen, work)], "; ")


def _compared(chosen: Chosen, work: int) -> Text:
    number, second = chosen.others + 1, chosen.next_work
    if chosen.by == "alone":
        return Text("the only one who can take it now", "yr unig un a all ei gymryd nawr")
    if chosen.by == "least":
        return Text(
            f"least open work of the {number} who can take it ({work}; the next has {second})",
            f"y lleiaf o waith agored o'r {number} a all ei gymryd ({work}; mae gan y nesaf {second})",
        )
    if chosen.by == "longest":
        return Text(
            f"no more open work than anybody of the {number} who can take it ({work}), and longest without a new task",
            f"dim mwy o waith agored na neb o'r {number} a all ei gymryd ({work}), a'r hiraf heb dasg newydd",
        )
    return Text(
        f"as much open work as others of the {number} who can take it ({work}), and first in the list",
        f"cymaint o waith agored ag eraill o'r {number} a all ei gymryd ({work}), ac yn gyntaf yn y rhestr",
    )


def handed_words(by: str, said: str) -> Text:
    """Why, where a colleague handed it over."""
    return Text(f"{by} handed it over: {said}", f"trosglwyddodd {by} hi: {said}")


def taken_words() -> Text:
    """Why, where somebody took it from the queue themselves."""
    return Text("taken from the queue by hand", "wedi'i chymryd o'r ciw â llaw")
