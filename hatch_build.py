"""The step the package's build takes before packing: make the pages, when they are older than their sources."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent / "tools"))

import pages  # Found only through the line above: the build knows no other way to a neighbour file.


class PagesHook(BuildHookInterface[Any]):
    """Builds the pages with a Node from the package index, so that nobody needs one on the machine."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node, but only when there is something to build: a second install asks for nothing."""
        return [] if pages.is_built() else [pages.NODE_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 (the hook's own signature)
        """Build; the result travels as the artifacts named in pyproject.toml."""
        pages.build()
