"""A file from elsewhere as a file of a service: a form of XGov, a process in BPMN, decision tables in DMN."""

from dataclasses import dataclass

from townhall.kernel.catalogue.decisions import dmn
from townhall.kernel.catalogue.decisions import importing as decisions
from townhall.kernel.catalogue.decisions.limits import Limits
from townhall.kernel.catalogue.decisions.model import ModelError
from townhall.kernel.catalogue.decisions.xmltree import read_xml
from townhall.kernel.catalogue.decisions.yaml_text import Imported
from townhall.kernel.catalogue.forms import xgov
from townhall.kernel.catalogue.packages.folder import MOST_BYTES
from townhall.kernel.catalogue.processes import importing as processes
from townhall.kernel.catalogue.processes.bpmn_words import SPACES
from townhall.residents.editor.rules.names import name_of
from townhall.residents.editor.rules.yaml_files import CannotChange

LIMITS = Limits(document_bytes=MOST_BYTES)
FORM, PROCESS = "form.yaml", "process.yaml"


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of a file: where it stands in the draft, its text there, and what of it is left behind."""

    file: str
    text: str
    left: tuple[str, ...]


def brought(content: bytes, name: str, process: str = "") -> Brought:
    """A file from elsewhere as one of ours; what it is shows in it, whatever it is called.

    `process` says which, where a diagram has several. Raises CannotChange with what is wrong, where and what to do.
    """
    if len(content) > MOST_BYTES:
        raise CannotChange(f"{name} is larger than {MOST_BYTES:,} bytes.")
    try:
        file, found = taken(content, name, process)
    except ModelError as problem:
        raise CannotChange(str(problem)) from problem
    return Brought(file, found.text, found.left)


def taken(content: bytes, name: str, process: str) -> tuple[str, Imported]:
    """Where a file belongs, and what it becomes there. Raises ModelError, and CannotChange for any other file."""
    begins = content.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1]
    if begins == b"{":
        return FORM, xgov.imported(content, name)
    if begins != b"<":
        raise CannotChange(f"{name} is neither a form in JSON, nor a process in BPMN, nor tables in DMN.")
    root = read_xml(content, name, LIMITS)
    if root.namespace == SPACES["bpmn"]:
        return PROCESS, processes.imported(content, name, process)
    if root.namespace in dmn.NAMESPACES:
        stem = name_of(name.rpartition(".")[0] or name, (), "table")
        return f"decisions/{stem}.yaml", decisions.imported(content, name, LIMITS)
    raise CannotChange(f"{name} is neither a process in BPMN 2.0 nor decision tables in DMN 1.1 to 1.5.")
