"""Draws a process as SVG that can also be read: a title, a description in sentences, and texts that are texts."""

from html import escape
from itertools import pairwise

from townhall.kernel.catalogue.decisions.model import Place
from townhall.kernel.catalogue.processes.layers import Line, Point
from townhall.kernel.catalogue.processes.layout import EDGE, Inside, Sheet
from townhall.kernel.catalogue.processes.model import ROOT, Definition, Node, meeting, within
from townhall.kernel.catalogue.processes.rows import Box
from townhall.kernel.catalogue.processes.words import (
    WORDS,
    Edge,
    about,
    edges,
    event_text,
    sentences,
    sort_of,
    stays_text,
)

INK, PAPER, LINE = "#0b0c0c", "#ffffff", "#505a5f"
FILLS = {"task": "#d2e2f1", "service": "#ffffff", "final": "#cce2d8", "choice": "#fff7bf", "wait": "#f3f2f1"}
WIDTH, DOT = 200, 16
TITLE, TEXT, LABEL = (15, 24, 3), (13, 28, 3), (13, 26, 4)
"""The size of letters, how many stand in a line, and the most lines."""
HIGH, LETTER = 1.3, 0.55
"""The height of a line and the width of a letter, as parts of its size."""
BEGINS, ANY = "@begins", "@any"
SHELL = """<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="{language}" aria-labelledby="title desc" \
viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-family="Arial, sans-serif" font-size="13">
<title id="title">{title}</title>
<desc id="desc">{description}</desc>
<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto" \
markerUnits="userSpaceOnUse"><path d="M0 0 10 5 0 10z" fill="{line}"/></marker></defs>
<rect width="{width}" height="{height}" fill="{paper}"/>
{shapes}
</svg>
"""
Lines = list[tuple[str, int]]
"""Lines of text, each with the size of its letters."""


def as_svg(definition: Definition, language: str = "en") -> str:
    """The drawing of a process, in English or Welsh. Raises ModelError where it is too large."""
    drawing = Drawing(definition, language)
    whole = drawing.sheet.boxes[ROOT]
    return SHELL.format(
        language=language,
        width=whole.width,
        height=whole.height,
        title=escape(definition.title.said(language)),
        description=escape(" ".join(sentences(definition, language))),
        line=LINE,
        paper=PAPER,
        shapes="\n".join(drawing.shapes()),
    )


class Drawing:
    """A process on a sheet: a box for each state, a line for all ways from one to another."""

    def __init__(self, definition: Definition, language: str) -> None:
        self.definition, self.language = definition, language
        self.sheet = Sheet(Place(definition.file))
        self.texts: dict[str, Lines] = {}
        self.labels: dict[int, Lines] = {}
        joined: dict[tuple[str, str, str], list[str]] = {}
        own: dict[str, list[str]] = {}
        for edge in edges(definition):
            around, source, target = self.ends(edge)
            if source == target:
                own.setdefault(source, []).append(self.inner(edge, source) + stays_text(definition, edge, language))
            else:
                joined.setdefault((around, source, target), []).append(self.label(edge, source, target))
        for node in definition.nodes.values():
            self.put(node, own.get(node.path, []))
        for (around, source, target), texts in joined.items():
            self.put_line(around, source, target, texts)
        self.sheet.settle(ROOT)

    def ends(self, edge: Edge) -> tuple[str, str, str]:
        """The box that a line stands in, and the two in it that it joins; the same twice for a way that stays."""
        source, target = edge.source, edge.target
        if target is None or (source is target and source.path):
            return "", source.path, source.path
        if within(target.path, source.path):
            around = next(each for each in target.line() if each.parent is source)
            return source.path, f"{source.path}{ANY}", around.path
        if within(source.path, target.path):
            return "", target.path, target.path
        around = meeting(source, target)
        return around.path, child_of(around, source), child_of(around, target)

    def inner(self, edge: Edge, source: str) -> str:
        """The name of the state inside a box that a way begins at, where it is not the box itself."""
        is_outer = edge.source.path == source or not within(edge.source.path, source)
        return "" if is_outer else f"{edge.source.title.said(self.language)}: "

    def label(self, edge: Edge, source: str, target: str) -> str:
        """What stands at the line of a way."""
        text = event_text(self.definition, edge, self.language)
        if edge.target and edge.target.path != target:
            text = f"{text} → {edge.target.title.said(self.language)}".strip()
        inner = self.inner(edge, source)
        return inner + (text or (WORDS[self.language]["done"] if inner else ""))

    def put(self, node: Node, own: list[str]) -> None:
        """Add a state."""
        path = node.path
        lines = wrapped(node.title.said(self.language), *TITLE) + wrapped(about(node, self.language), *TEXT)
        for each in dict.fromkeys(own):
            lines += wrapped(each, *TEXT)
        height, self.texts[path] = height_of(lines), lines
        if node.parent:
            self.sheet.put(node.parent.path, path, WIDTH, max(52, height + 20))
        else:
            self.sheet.boxes[path] = Box(0, 0, WIDTH + 2 * EDGE, 0)
        if node.children:
            self.sheet.insides[path] = Inside(height + EDGE, is_row=node.kind == "parallel")
        if node.children and node.kind != "parallel":
            begins = f"{path}{BEGINS}"
            self.sheet.put(path, begins, DOT, DOT)
            self.sheet.insides[path].lines.append(Line(begins, node.children[node.start].path))

    def put_line(self, around: str, source: str, target: str, texts: list[str]) -> None:
        """Add a line, with a label of all that it stands for."""
        inside = self.sheet.insides[around]
        if source.endswith(ANY) and source not in self.sheet.boxes:
            self.texts[source] = wrapped(WORDS[self.language]["any"], *TEXT)
            self.sheet.put(around, source, 120, 34)
        if any(texts):
            texts = [each or WORDS[self.language]["done"] for each in texts]
        lines = wrapped(" / ".join(dict.fromkeys(texts)), *LABEL)
        if not inside.is_row:
            width = round(max((len(text) * size * LETTER for text, size in lines), default=0)) + 8
            label = Box(0, 0, width, height_of(lines) + 4) if lines else None
            inside.lines.append(Line(source, target, label))
            self.labels[id(inside.lines[-1])] = lines

    def shapes(self) -> list[str]:
        """Everything, the outermost first and the lines last."""
        made = [self.shape(node) for node in self.definition.nodes.values()]
        for name, box in self.sheet.boxes.items():
            if name.endswith(BEGINS):
                made.append(f'<circle cx="{box.centre}" cy="{box.middle}" r="{DOT // 2}" fill="{INK}"/>')
            elif name.endswith(ANY):
                made.append(f"<g>{rectangle(box, 17, PAPER, 1, dashed=True)}{written(self.texts[name], box)}</g>")
        lines = [each for inside in self.sheet.insides.values() for each in inside.lines]
        return made + [arrow(each) for each in lines] + [
            f"<g>{rectangle(each.label, 0, PAPER, 0)}{written(self.labels[id(each)], each.label)}</g>"
            for each in lines
            if each.label
        ]  # fmt: skip

    def shape(self, node: Node) -> str:
        """A state: what stands inside it is drawn after it."""
        box, lines = self.sheet.boxes[node.path], self.texts[node.path]
        if node.children:
            dashed = node.parent is not None and node.parent.kind == "parallel"
            head = Box(box.x, box.y + 10, box.width, height_of(lines))
            outline = rectangle(box, 8, "none", 1.5, dashed=dashed) if node.parent else ""
            return f"<g>{outline}{written(lines, head, bold=True)}</g>"
        sort = sort_of(node)
        corner, thick = (26, 3) if sort == "final" else (6, 1.5)
        shape = f"{rectangle(box, corner, FILLS[sort], thick)}{written(lines, box)}"
        return f'<g data-state="{escape(node.path)}">{shape}</g>'


def child_of(around: Node, node: Node) -> str:
    """The path of the state that stands in another one, and that a third is or stands in."""
    return next(each.path for each in node.line() if each.parent is around)


def rectangle(box: Box, corner: int, fill: str, thick: float, *, dashed: bool = False) -> str:
    """The outline of a box."""
    dashes = ' stroke-dasharray="6 4"' if dashed else ""
    line = f' stroke="{INK}" stroke-width="{thick}"{dashes}' if thick else ""
    place = f'x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}"'
    return f'<rect {place} rx="{corner}" fill="{fill}"{line}/>'


def height_of(lines: Lines) -> int:
    """How high lines of text are."""
    return round(sum(size * HIGH for _, size in lines))


def written(lines: Lines, box: Box, *, bold: bool = False) -> str:
    """Lines of text in the middle of a box."""
    made: list[str] = []
    y = box.y + (box.height - height_of(lines)) / 2
    for at, (text, size) in enumerate(lines):
        weight = ' font-weight="bold"' if bold and at == 0 else ""
        place = f'x="{box.centre}" y="{round(y + size)}" font-size="{size}" text-anchor="middle"'
        made.append(f'<text {place} fill="{INK}"{weight}>{escape(text)}</text>')
        y += size * HIGH
    return "".join(made)


def arrow(line: Line) -> str:
    """A line with its tip: bent where it goes to the side."""
    points = list(dict.fromkeys(line.points))
    path = f"M{points[0][0]} {points[0][1]}"
    path += "".join(bent(one, other) for one, other in pairwise(points))
    return f'<path d="{path}" stroke="{LINE}" stroke-width="1.5" fill="none" marker-end="url(#tip)"/>'


def bent(one: Point, other: Point) -> str:
    """One piece of a path."""
    if one[0] == other[0]:
        return f"V{other[1]}"
    half = (one[1] + other[1]) // 2
    return f"C{one[0]} {half} {other[0]} {half} {other[0]} {other[1]}"


def wrapped(text: str, size: int, width: int, most: int) -> Lines:
    """A text in lines of at most so many letters; what is too much is left out, and marked."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + len(word) < width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    cut = [each if len(each) <= width else f"{each[: width - 1]}…" for each in lines[:most]]
    if len(lines) > most:
        cut[-1] = f"{cut[-1][: width - 2]} …"
    return [(each, size) for each in cut]
