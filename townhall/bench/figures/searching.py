"""Search by any words: common ones, rare ones, several, a part of a place, none that is there."""

import random
from urllib.parse import urlencode

from townhall.bench.ground import Ground
from townhall.bench.loading import load
from townhall.bench.measurements import measurement
from townhall.bench.rules import Figure

SEARCHED = 60
SAMPLE = "select search from cases_case order by opened_at desc limit 4000"
STATS = "select word, ndoc from ts_stat(%s) where word ~ '^[a-z]{3,}$' order by ndoc desc, word"


def questions(ground: Ground) -> list[str]:
    """What may be typed, drawn from the words that are there by how often they are."""
    words = [str(word) for word, _count in ground.rows(STATS, SAMPLE)]
    chance = random.Random(7)
    common, rare = words[:20], words[-400:]
    usual = words[20 : max(60, len(words) // 4)]
    typed = [*common[:8], *chance.sample(usual, 8), *chance.sample(rare, 8)]
    typed += [f"{one} {other}" for one, other in zip(common[8:14], chance.sample(usual, 6), strict=True)]
    typed += [f"{one} {other}" for one, other in zip(chance.sample(usual, 4), chance.sample(rare, 4), strict=True)]
    return [*typed, f"-{common[0]}", f'"{common[1]} {common[2]}"', "zzyzx", f"{common[0]} -{common[3]}"]


@measurement(
    "search",
    Figure("search_p95", "ms", 150, "at most", "Search over every case by words, common or rare"),
    order=40,
)
def search(ground: Ground) -> dict[str, float]:
    """An officer, who sees a team's cases, and a manager, who sees all, search for the same."""
    server, typed = ground.server(), ground.keep("searching", lambda: questions(ground))
    requests = [
        {"path": f"/work/search?{urlencode({'q': text})}", "headers": ground.visitor(role).headers}
        for text in typed
        for role in ("officer", "manager")
    ]
    ground.keep("searching.warm", lambda: load(server.port, requests))
    return {"search_p95": load(server.port, requests, total=ground.some(SEARCHED * 2)).within(95)}
