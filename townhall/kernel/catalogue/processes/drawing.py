"""Draws a process as SVG that can also be read: a title, a description in sentences, and texts that are texts."""

from html import escape

from townhall.kernel.catalogue.processes.layout import Box, Edge, edges, laid_out, wrapped
from townhall.kernel.catalogue.processes.model import ROOT, Definition, Node, Timer

INK, PAPER, LINE = "#0b0c0c", "#ffffff", "#505a5f"
FILLS = {"task": "#d2e2f1", "service": "#ffffff", "final": "#cce2d8", "choice": "#fff7bf", "wait": "#f3f2f1"}
WORDS = {
    "en": {
        "done": "done", "failed": "failed", "if": "if", "start": "It begins with", "to": "to", "end": "It ends here.",
        "task": "task for", "wait": "waits", "choice": "goes on by itself", "letter": "letter", "payment": "payment",
        "booking": "booking", "document": "document", "webhook": "webhook", "decision": "decision",
        "days": "days", "working days": "working days", "hours": "hours", "minutes": "minutes", "at": "at",
    },
    "cy": {
        "done": "wedi gorffen", "failed": "wedi methu", "if": "os", "start": "Mae'n dechrau gyda", "to": "i",
        "end": "Mae'n gorffen yma.", "task": "tasg i", "wait": "yn aros", "choice": "yn mynd ymlaen ei hun",
        "letter": "llythyr", "payment": "taliad", "booking": "archeb", "document": "dogfen", "webhook": "bachyn gwe",
        "decision": "penderfyniad", "days": "diwrnod", "working days": "diwrnod gwaith", "hours": "awr",
        "minutes": "munud", "at": "ar",
    },
}  # fmt: skip
SHELL = """<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="{language}" aria-labelledby="title desc" \
viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-family="Arial, sans-serif" font-size="14">
<title id="title">{title}</title>
<desc id="desc">{description}</desc>
<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">\
<path d="M0 0 10 5 0 10z" fill="{line}"/></marker></defs>
<rect width="{width}" height="{height}" fill="{paper}"/>
{shapes}
</svg>
"""


def as_svg(definition: Definition, language: str = "en") -> str:
    """The drawing of a process, in English or Welsh."""
    boxes = laid_out(definition)
    shapes = [shape(each, boxes, language) for each in definition.nodes.values() if each.path != ROOT]
    shapes += [
        beginning(each, boxes) for each in definition.nodes.values() if each.children and each.kind != "parallel"
    ]
    joined: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges(definition):
        joined.setdefault((edge.source.path, edge.target.path), []).append(edge)
    shapes += [arrow(definition, each, boxes, language) for each in joined.values()]
    whole = boxes[ROOT]
    return SHELL.format(
        language=language,
        width=whole.width,
        height=whole.height,
        title=escape(definition.title.said(language)),
        description=escape(" ".join(sentences(definition, language))),
        line=LINE,
        paper=PAPER,
        shapes="\n".join(shapes),
    )


def sort_of(node: Node) -> str:
    """What a state with nothing inside is."""
    if node.kind == "final":
        return "final"
    if node.task or node.service:
        return "task" if node.task else "service"
    return "choice" if node.then else "wait"


def about(node: Node, language: str) -> str:
    """What happens in a state, in a few words."""
    words, sort = WORDS[language], sort_of(node)
    if node.task:
        return f"{words['task']} {node.task.who}"
    if node.service:
        return f"{words[node.service.kind]} {node.service.name}"
    return "" if node.children or sort == "final" else words[sort]


def shape(node: Node, boxes: dict[str, Box], language: str) -> str:
    """A state: what stands inside it is drawn after it."""
    box, title = boxes[node.path], node.title.said(language)
    if node.children:
        dashes = ' stroke-dasharray="6 4"' if node.parent and node.parent.kind == "parallel" else ""
        return (
            f'<g><rect x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="8" fill="none" '
            f'stroke="{LINE}" stroke-width="1.5"{dashes}/><text x="{box.x + 12}" y="{box.y + 22}" font-weight="bold" '
            f'fill="{INK}">{escape(title)}</text></g>'
        )
    sort = sort_of(node)
    corner, thick = (box.height // 2, 3) if sort == "final" else (6, 1.5)
    lines = [(each, 14) for each in wrapped(title, 22)][:2] + [
        (each, 12) for each in wrapped(about(node, language), 26)
    ][:1]
    first = box.middle - 9 * (len(lines) - 1) + 5
    texts = "".join(
        f'<text x="{box.centre}" y="{first + 18 * row}" font-size="{size}" text-anchor="middle" fill="{INK}">'
        f"{escape(each)}</text>"
        for row, (each, size) in enumerate(lines)
    )
    return (
        f'<g><rect x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="{corner}" '
        f'fill="{FILLS[sort]}" stroke="{INK}" stroke-width="{thick}"/>{texts}</g>'
    )


def beginning(node: Node, boxes: dict[str, Box]) -> str:
    """The dot where a state with states inside begins."""
    box, first = boxes[node.path], boxes[node.children[node.start].path]
    x, y = box.x + 26, first.middle
    line = f'<path d="M{x + 8} {y}H{first.x}" stroke="{LINE}" fill="none" marker-end="url(#tip)"/>'
    return f'<g><circle cx="{x}" cy="{y}" r="8" fill="{INK}"/>{line}</g>'


def arrow(definition: Definition, same: list[Edge], boxes: dict[str, Box], language: str) -> str:
    """The ways from one state to another, as one arrow with all their labels."""
    source, target = boxes[same[0].source.path], boxes[same[0].target.path]
    label = " / ".join(dict.fromkeys(found for each in same if (found := event_text(definition, each, language))))
    if target.x >= source.x + source.width:
        one, other, half = source.x + source.width, target.x, (target.x - source.x - source.width) // 2
        path = f"M{one} {source.middle}C{one + half} {source.middle} "
        path += f"{other - half} {target.middle} {other} {target.middle}"
        x, y = (one + other) // 2, (source.middle + target.middle) // 2 - 6
    else:
        low = max(source.y + source.height, target.y + target.height) + 24
        path = (
            f"M{source.centre + 20} {source.y + source.height}C{source.centre + 20} {low} {target.centre - 20} {low} "
        )
        path += f"{target.centre - 20} {target.y + target.height}"
        x, y = (source.centre + target.centre) // 2, low - 4
    text = (
        f'<text x="{x}" y="{y}" font-size="11" text-anchor="middle" fill="{INK}">{escape(wrapped(label, 30)[0])}</text>'
    )
    line = f'<path d="{path}" stroke="{LINE}" stroke-width="1.5" fill="none" marker-end="url(#tip)"/>'
    return f"<g>{line}{text if label else ''}</g>"


def event_text(definition: Definition, edge: Edge, language: str) -> str:
    """What a way waits for, and its condition, in a few words."""
    words, event = WORDS[language], edge.event
    if event.startswith("@"):
        said = span_text(edge.source.timers[event[1:]], language)
    elif event in definition.messages:
        said = definition.messages[event].said(language)
    else:
        said = "" if event in {"", "done"} else words[event]
    guard = f"{words['if']} {edge.way.guard.text}" if edge.way.guard else ""
    return ", ".join(each for each in (said, guard) if each)


def span_text(timer: Timer, language: str) -> str:
    """How long a timer is."""
    words = WORDS[language]
    return f"{words['at']} {timer.moment.text}" if timer.moment else f"{timer.count} {words[timer.span]}"


def sentences(definition: Definition, language: str) -> list[str]:
    """The process in sentences, for those who do not see the drawing."""
    words = WORDS[language]
    first = definition.root.children[definition.root.start]
    said = [f"{words['start']} {first.title.said(language)}."]
    leading: dict[str, list[Edge]] = {}
    for edge in edges(definition):
        leading.setdefault(edge.source.path, []).append(edge)
    for node in definition.nodes.values():
        what = about(node, language)
        ways: list[str] = []
        for each in leading.get(node.path, ()):
            when = event_text(definition, each, language) or words["done"]
            ways.append(f"{when}: {words['to']} {each.target.title.said(language)}")
        title = node.title.said(language) + (f" ({what})" if what else "")
        if ways:
            said.append(f"{title}; {'; '.join(ways)}.")
        elif node.kind == "final":
            said.append(f"{title}. {words['end']}")
    return said
