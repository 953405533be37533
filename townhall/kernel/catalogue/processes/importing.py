"""Writes BPMN diagrams as processes of ours: what they read as, in YAML. What is left behind is listed."""

from collections.abc import Iterator

from townhall.kernel.catalogue.decisions.limits import DEFAULT
from townhall.kernel.catalogue.decisions.model import ModelError, Place
from townhall.kernel.catalogue.decisions.xmltree import XmlElement, left_behind
from townhall.kernel.catalogue.decisions.yaml_text import Imported, yaml_of
from townhall.kernel.catalogue.decisions.yaml_tree import parse
from townhall.kernel.catalogue.processes.bpmn_reading import document_of, process_of, tree_of

PASSED = {
    "documentation", "textAnnotation", "dataObject", "dataObjectReference", "dataStoreReference", "ioSpecification",
    "property", "group", "extensionElements",
}  # fmt: skip
"""What stands in a process and is passed over when it is read."""
OUTSIDE = {"process", "message", "signal", "error", "resource", "itemDefinition", "BPMNDiagram"}
"""What stands beside a process and is read with it, or says only how it is drawn."""


def imported(content: bytes, file: str, process: str = "") -> Imported:
    """A diagram as a process in YAML; of several processes the one of a name. Raises ModelError."""
    root = document_of(content, file)
    wanted = process_of(root, file, process)
    left = [left_behind(each) for each in root.children if each.name not in OUTSIDE]
    left += [left_behind(each) for each in root.all("process") if each is not wanted]
    left += [left_behind(each) for each in passed(wanted)]
    try:
        text = yaml_of(tree_of(root, wanted, file))
        parse(text.encode(), file, DEFAULT)
    except (RecursionError, ValueError) as problem:
        if isinstance(problem, ModelError):
            raise
        raise ModelError("The process is nested too deep.", Place(file), "Take it apart.") from problem
    return Imported(text, tuple(dict.fromkeys(left)))


def passed(element: XmlElement) -> Iterator[XmlElement]:
    """What reading a process passes over, in it and in what stands in it."""
    for each in element.children:
        if each.name in PASSED:
            yield each
        else:
            yield from passed(each)

