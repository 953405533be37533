"""What our own contracts for import-linter share: they look at every direct import and name those that break a rule."""

from abc import abstractmethod

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, output


class ImportsContract(Contract):
    """Fails for each direct import that breaks the contract's rule, and says which rule that is."""

    says = ""

    @abstractmethod
    def breaks(self, importer: str, imported: str) -> bool:
        """Whether this import is not allowed."""

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002
        """Look at every direct import."""
        broken = sorted(
            (importer, imported)
            for importer in graph.modules
            for imported in graph.find_modules_directly_imported_by(importer)
            if self.breaks(importer, imported)
        )
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import."""
        rows: list[tuple[str, str]] = check.metadata["broken"]
        for importer, imported in rows:
            output.print_error(self.says.format(importer=importer, imported=imported))
