"""Sentences that speak of danger to a person, and ordinary ones that use the same words."""

import time

import pytest

from townhall.residents.reports import rules

DANGER: dict[rules.Danger, tuple[str, ...]] = {
    "self_harm": (
        "I am going to jump",
        "I can't go on",
        "I cant go on like this",
        "I want to die",
        "I wanna die",
        "Sometimes I think about killing myself",
        "i'm thinking of ending it",
        "they'd be better off without me",
        "I have nothing left to live for",
        "There is a man on the bridge, he is going to jump.",
        "Dw i eisiau marw",
        "Rwy'n teimlo fel lladd fy hun",
        "alla i ddim mynd ymlaen",
        "dwi ddim isio byw",
        "Rwy'n mynd i neidio",
        "I have taken all my tablets",
        "I don't want to live any more",
        "The bench is gone and I want to kill myself",
    ),
    "child": (
        "My neighbour hits his children. Please come.",
        "he beats his kids",
        "She is hitting her little boy in the garden",
        "The man next door kicks his daughter",
        "there is a child alone in the flat",
        "They leave the baby alone at night",
        "the mother slaps her two year old son",
        "the children are being starved",
        "The child is being hit every evening",
        "Rubbish everywhere, kids left alone in the flat",
        "kids never fed",
        "Mae'r cymydog yn taro ei blant",
        "Mae'n curo'r plentyn",
        "mae plant ar eu pen eu hunain yn y fflat",
        "I think the girl is being groomed",
        "A man keeps following the girls home",
        "Baby screaming next door all night and nobody comes",
        "There's kids in that house on their own",
        "my neighbour hits her baby",
        "she neglects her kids",
        "the boy is locked in his room",
    ),
    "abuse": (
        "My neighbour hits his wife",
        "He hits me when the bins are missed",
        "my husband beats me",
        "He hit me last night",
        "my partner hit me",
        "I am not safe at home",
        "I don't feel safe at home",
        "I'm scared of my son",
        "he punched her in the street and",
        "He will kill me",
        "my boyfriend threatened to kill me",
        "She is beating her old mother",
        "he beats up his girlfriend",
        "Mae fy ngŵr yn fy nharo",
        "Mae'n curo ei wraig",
        "dydw i ddim yn ddiogel gartref",
        "Mae arnaf ofn fy ngŵr",
        "I am afraid to go home",
        "he won't let me leave",
        "my husband takes my money",
    ),
}
ORDINARY = (
    "kids hitting balls against my wall",
    "the child seat was dumped",
    "kids playing in the park",
    "he hit the lamp post",
    "dead badger",
    "A car hit the wall outside the school",
    "nearly killed myself on that pothole",
    "the branch hit me on the head",
    "I fell and hurt myself",
    "I cut myself on the glass",
    "My mother fell, she has bruises all up her arm",
    "Kids screaming in the park until 11",
    "children walk home on their own in the dark",
    "my daughter walks home alone past there",
    "the ball hit her car",
    "kids jumping off the wall",
    "It beats me why nobody comes",
    "a dog grooming van blocks the road",
    "He hit her car and drove off",
    "my mother is scared to go home in the dark",
    "dead swan",
    "kids are going to jump in the canal",
    "A car hit a bollard and the kids nearly got hurt",
    "someone will be killed",
    "we can't go on the pavement",
    "My son hit his head on the swing",
    "the swing hit my daughter",
    "The gate hit her hand",
    "The oilseed rape field is blocking the view",
    "it is not safe for children",
    "is it safe",
    "I am afraid of the dog",
    "children are in danger crossing",
    "kids burning the bins",
    "He is burning rubbish in his garden, the kids cannot breathe",
    "the kids kicked the fence",
    "kids kicking the boards",
    "a cyclist nearly hit me",
    "my son has a black eye from the swing",
    "boys locked in the park, gates shut early",
    "Plant yn chwarae pel",
    "Mochyn daear marw ar y ffordd",
    "Mae'n beryglus i blant.",
    "mae plant yn cerdded i'r ysgol",
    "car park lights hurt the children's eyes",
    "the sun beats down on the kids' playground",
    "Somebody hit the baby swing",
    "a van hit the boy racers' car",
    "the baby change room is locked",
    "glass that could hurt the children",
    "the broken swing hurts kids",
    "Dogs hurt the kids",
    "wasps hurting the children",
    "it could hurt a child",
    "Smoke is hurting the kids",
    "a bus hit the little girl's scooter",
)


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in DANGER.items() for text in texts])
def test_plain_sentences_about_danger_are_found_in_both_languages(kind: rules.Danger, text: str) -> None:
    assert rules.danger_in(text) == kind
    assert rules.danger_in(f"The bin is full. {text.upper()}") == kind


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_reports_with_the_same_words_are_no_danger(text: str) -> None:
    assert rules.danger_in(text) == ""


def test_the_gravest_kind_is_told() -> None:
    assert rules.danger_in("He hits me, he hits his children, and I want to die.") == "self_harm"


@pytest.mark.parametrize("unit", ["he ", "kids in the ", "my husband has ", "a child left ", "hits the own little "])
def test_a_text_made_to_be_slow_takes_no_time(unit: str) -> None:
    began = time.process_time()
    rules.danger_in(unit * 3000)
    assert time.process_time() - began < 2
