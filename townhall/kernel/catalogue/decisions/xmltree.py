"""XML read safely: no entities, no outside addresses, a limit of size; each element knows its line."""

from dataclasses import dataclass, field
from io import BytesIO
from xml.sax import SAXException
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl, InputSource, Locator

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

from townhall.kernel.catalogue.decisions.limits import Limits
from townhall.kernel.catalogue.decisions.model import ModelError, Place

DEEPEST, MOST_SAID = 200, 80


@dataclass(slots=True)
class XmlElement:
    """An element: its local name, its namespace, its line, its attributes, its text and what is in it."""

    name: str
    namespace: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict[str, str])
    children: list["XmlElement"] = field(default_factory=list["XmlElement"])
    text: str = ""

    def first(self, *names: str) -> "XmlElement | None":
        """The first element in it of one of these names."""
        return next((child for child in self.children if child.name in names), None)

    def all(self, *names: str) -> list["XmlElement"]:
        """Every element in it of one of these names."""
        return [child for child in self.children if child.name in names]

    def text_of(self, name: str) -> str:
        """The text of the first element in it of a name; empty where there is none."""
        found = self.first(name)
        return found.text.strip() if found else ""


class Builder(ContentHandler):
    """Makes elements of what a parser finds."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self.file = file
        self.root: XmlElement | None = None
        self.open: list[XmlElement] = []
        self.lines: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802
        """Where to ask for lines."""
        self.lines = locator

    def startElementNS(self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl) -> None:  # noqa: N802, ARG002
        """An element begins."""
        line = (self.lines.getLineNumber() if self.lines else 0) or 0
        made = XmlElement(name[1], name[0] or "", line, {str(key[1]): value for key, value in attrs.items()})
        if len(self.open) >= DEEPEST:
            raise ModelError(f"Elements are nested more than {DEEPEST} deep.", Place(self.file, line))
        if self.open:
            self.open[-1].children.append(made)
        else:
            self.root = made
        self.open.append(made)

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: N802, ARG002
        """An element ends."""
        self.open.pop()

    def characters(self, content: str) -> None:
        """Text in an element."""
        if self.open:
            self.open[-1].text += content


def read_xml(content: bytes, file: str, limits: Limits) -> XmlElement:
    """The root of a document. Raises ModelError for one that is too large, unsafe or broken."""
    if len(content) > limits.document_bytes:
        raise ModelError(f"The file is larger than {limits.document_bytes:,} bytes.", Place(file))
    builder, parser, source = Builder(file), make_parser(), InputSource()
    parser.forbid_dtd = True
    source.setByteStream(BytesIO(content))
    parser.setContentHandler(builder)
    parser.setFeature(feature_namespaces, True)
    try:
        parser.parse(source)
    except SAXException as problem:
        line = getattr(problem, "getLineNumber", lambda: 0)() or 0
        raise ModelError(f"This is not XML: {problem.getMessage()}.", Place(file, line)) from problem
    except DefusedXmlException as problem:
        raise ModelError("The file declares a document type or entities.", Place(file), "Take them out.") from problem
    if builder.root is None:
        raise ModelError("The file is empty.", Place(file))
    return builder.root


def left_behind(element: XmlElement) -> str:
    """That an element is left behind: where it stands, what it is, and the beginning of what it says."""
    told = element.attributes.get("name") or element.text.strip() or element.text_of("text")
    told = " ".join((told or element.attributes.get("id", "")).split())
    shown = f"{told[:MOST_SAID]}…" if len(told) > MOST_SAID else told
    return f"line {element.line}: {element.name!r} is not carried over{': ' * bool(shown)}{shown}."
