"""A contract for import-linter: what faces the outside of a slice is that slice's own business."""

import grimp
from importlinter import Contract, ContractCheck, fields, output


class InterfaceContract(Contract):
    """Interface files of a slice (`<package>.<slice>.views` and so on) are imported by that slice alone.

    `shared` slices offer base classes under these names to everybody; `importers` may import any of them.
    """

    type_name = "interface"
    packages = fields.ListField(subfield=fields.StringField())
    files = fields.SetField(subfield=fields.StringField())
    shared = fields.SetField(subfield=fields.StringField(), required=False, default=set())
    importers = fields.SetField(subfield=fields.StringField(), required=False, default=set())

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        """Collects each import of an interface file from outside its slice."""
        broken = [
            f"{importer} imports {module}"
            for module in sorted(graph.modules)
            if (slice_ := self._slice(module))
            for importer in sorted(graph.find_modules_that_directly_import(module))
            if not f"{importer}.".startswith(f"{slice_}.") and importer not in self.importers
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Says who imports what."""
        for line in check.metadata["broken"]:
            output.print_error(line)

    def _slice(self, module: str) -> str | None:
        """The slice whose interface file this is, if it is one."""
        package, _, rest = module.partition(".")
        slice_, _, rest = rest.partition(".")
        name = f"{package}.{slice_}"
        is_interface = package in self.packages and rest.partition(".")[0] in self.files
        return name if is_interface and name not in self.shared else None
