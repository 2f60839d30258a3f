"""A hall as a file (YAML) and as stored (JSON): read, checked with plain sentences, and written back."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from queue_server.core.hall import Hall
from queue_server.hall_file.check import check, read_text
from queue_server.hall_file.dump import dump
from queue_server.hall_file.findings import HallFileError, found
from queue_server.hall_file.parts import HallPart

__all__ = ["DEFAULT", "LARGE", "HallFileError", "dump", "parse", "read", "schema"]

_SHIPPED = Path(__file__).parent.parent / "halls"
DEFAULT = _SHIPPED / "default.yaml"
LARGE = _SHIPPED / "large.yaml"


def read(path: Path) -> Hall:
    """The hall in a YAML file; raises `HallFileError` that names every place and reason."""
    hall, findings = check(read_text(path))
    wrong = [finding for finding in findings if finding.wrong]
    if hall is None:
        raise HallFileError("\n".join(f"{path}:{finding}" for finding in wrong))
    return hall


def parse(said: object) -> Hall:
    """The hall in plain data; raises `HallFileError`."""
    try:
        return HallPart.model_validate(said).made()
    except ValidationError as invalid:
        raise HallFileError(" ".join(each.what for each in found(said, invalid))) from invalid


def schema() -> dict[str, Any]:
    """The JSON Schema of the file."""
    made = HallPart.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": "A hall of OneDoor"}
