"""Draws the picture of the house (docs/reference/house.svg) from the import contracts, so that it is what is kept."""

from configparser import ConfigParser
from html import escape

from tests.house.modules import MODULES, ROOT

WIDTH, ROW, GAP = 760, 44, 8
FILLS = {
    "config": "#e9edf2",
    "bench": "#fdf1d8",
    "chaos": "#fdf1d8",
    "upkeep": "#fdf1d8",
    "demo": "#fdf1d8",
    "residents": "#e6f0f9",
    "council": "#eeeafa",
    "kernel": "#ffffff",
    "launch": "#e9edf2",
}
SAYS = {
    "config": "settings, addresses, the townhall command",
    "bench": "performance figures",
    "chaos": "faults on purpose",
    "upkeep": "backup, restore, upgrade",
    "demo": "the synthetic borough",
    "residents": "for residents",
    "council": "for officers",
    "launch": "the environment, the embedded database",
}


def layers(contract: str) -> list[list[str]]:
    """The layers of a contract, top first; neighbours on one layer together."""
    parsed = ConfigParser()
    parsed.read(ROOT / ".importlinter")
    lines = parsed[f"importlinter:contract:{contract}"]["layers"].split("\n")
    return [[name.strip() for name in line.split("|")] for line in lines if line.strip() and line.strip() != "__main__"]


def titles() -> dict[str, str]:
    """What each module calls itself, by label."""
    return {module.label: module.title for module in MODULES}


def box(x: float, y: float, width: float, height: float, *, name: str, says: str, fill: str) -> str:
    """A room: its name, and what it is for."""
    more = f" <tspan>{escape(says)}</tspan>" if says else ""
    words = f'<tspan font-weight="700">{escape(name)}</tspan>{more}'
    return (
        f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{height:.0f}" rx="5" fill="{fill}"'
        ' stroke="#6c717d"/>'
        f'<text x="{x + 12:.0f}" y="{y + 27:.0f}">{words}</text>'
    )


def row(names: list[str], y: float, x: float, width: float, fill: str) -> list[str]:
    """Modules beside one another."""
    each = (width - GAP * (len(names) - 1)) / len(names)
    known = titles()
    return [
        box(x + place * (each + GAP), y, each, ROW, name=name, says=known.get(name, ""), fill=fill)
        for place, name in enumerate(names)
    ]


def group(names: list[str], y: float) -> tuple[list[str], float]:
    """The groups of one layer beside one another, each with its modules; and where the next layer begins."""
    inside = {name: layers(name) for name in names}
    each = (WIDTH - GAP * (len(names) - 1)) / len(names)
    tall = 40 + max(len(rows) for rows in inside.values()) * (ROW + GAP) + 4
    drawn: list[str] = []
    for place, name in enumerate(names):
        x = place * (each + GAP)
        drawn.append(
            box(x, y, each, tall, name=name, says=SAYS.get(name, "what every module stands on"), fill=FILLS[name])
        )
        for number, line in enumerate(inside[name]):
            drawn += row(
                line, y + 40 + number * (ROW + GAP), x + 12, each - 24, "#ffffff" if name != "kernel" else "#f2f3f6"
            )
    return drawn, y + tall + GAP


def house() -> str:
    """The whole picture."""
    drawn: list[str] = []
    y = 0.0
    for names in layers("house"):
        if names[0] in {"residents", "kernel"}:
            more, y = group(names, y)
            drawn += more
        else:
            each = (WIDTH - GAP * (len(names) - 1)) / len(names)
            drawn += [
                box(place * (each + GAP), y, each, ROW, name=name, says=SAYS[name], fill=FILLS[name])
                for place, name in enumerate(names)
            ]
            y += ROW + GAP
    label = "The house, top to bottom. A room may use what is below it, never what is above: " + words()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 {WIDTH + 4} {y:.0f}" role="img" aria-labelledby="t d"'
        ' font-family="system-ui, sans-serif" font-size="15" fill="#1a1c23">'
        f'<title id="t">The house of Townhall</title><desc id="d">{escape(label)}</desc>'
        f'<rect x="-2" y="-2" width="{WIDTH + 4}" height="{y:.0f}" fill="#ffffff"/>' + "\n".join(drawn) + "</svg>\n"
    )


def words() -> str:
    """The same in words."""
    told = [
        ", ".join(f"{name} ({chain(name)})" if name in {"residents", "council", "kernel"} else name for name in names)
        for names in layers("house")
    ]
    return "; ".join(told) + "."


def chain(name: str) -> str:
    """A group's modules from top to bottom."""
    return " above ".join(" and ".join(line) for line in layers(name))
