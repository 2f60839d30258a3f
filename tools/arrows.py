"""Two kinds of import contract: what a room may import of ours, and who may import a package from outside."""

import sys
from fnmatch import fnmatchcase

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

Import = tuple[str, str]


def _report(check: ContractCheck) -> None:
    for importer, imported in check.metadata["wrong"]:
        output.print_error(f"{importer} imports {imported}")


def _inside(module: str, room: str) -> bool:
    return module == room or module.startswith(room + ".")


class RoomContract(Contract):
    """The modules of `room`, but those matching `exceptions`, import of ours only `room` itself and what is `allowed`.

    An allow-list, so that a module added tomorrow is forbidden until somebody decides otherwise. With `closed` nothing
    from outside but the standard library may be imported either. A room not written yet has nothing to break.
    """

    room = fields.StringField()
    allowed = fields.ListField(subfield=fields.StringField(), required=False, default=[])
    exceptions = fields.ListField(subfield=fields.StringField(), required=False, default=[])
    closed = fields.BooleanField(required=False, default=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001 (import-linter's own signature)
        """Kept when no direct import goes elsewhere; what the allowed modules import is their own contract's matter."""
        ours = tuple(self.session_options["root_packages"])
        wrong: list[Import] = []
        for importer in sorted(module for module in graph.modules if _inside(module, self.room)):
            if any(fnmatchcase(importer, pattern) for pattern in self.exceptions):
                continue
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                top = imported.split(".")[0]
                is_ours = top in ours
                from_outside = not is_ours and top not in sys.stdlib_module_names
                may = any(_inside(imported, place) for place in [self.room, *self.allowed])
                # Importing the empty top of an allowed module's package is part of importing the module.
                may = may or (is_ours and any(_inside(place, imported) for place in self.allowed))
                if not may and (is_ours or (from_outside and self.closed)):
                    wrong.append((importer, imported))
        return ContractCheck(kept=not wrong, metadata={"wrong": wrong})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line for each wrong import."""
        _report(check)


class OutsideContract(Contract):
    """Only the modules matching `importers` import the `packages` from outside."""

    packages = fields.ListField(subfield=fields.StringField())
    importers = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001 (import-linter's own signature)
        """Kept when every direct importer is named."""
        wrong: list[Import] = [
            (importer, package)
            for package in self.packages
            if package in graph.modules
            for importer in sorted(graph.find_modules_that_directly_import(package))
            if not any(fnmatchcase(importer, pattern) for pattern in self.importers)
        ]
        return ContractCheck(kept=not wrong, metadata={"wrong": wrong})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line for each wrong import."""
        _report(check)
