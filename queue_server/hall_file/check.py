"""Checking a hall file: every mistake and every doubt with its line and column, not only the first."""

from pathlib import Path

from pydantic import ValidationError

from queue_server.core.hall import Hall
from queue_server.hall_file.doubts import doubts
from queue_server.hall_file.findings import HERE, Finding, HallFileError
from queue_server.hall_file.mistakes import every_mistake
from queue_server.hall_file.nodes import Document
from queue_server.hall_file.parts import HallPart


def read_text(path: Path) -> str:
    """The text of a file; raises `HallFileError`."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as other:
        raise HallFileError(f"{path}: is not UTF-8 text; save it as UTF-8.") from other
    except OSError as unreadable:
        raise HallFileError(f"{path}: cannot be read: {unreadable.strerror or unreadable}.") from unreadable


def check(text: str) -> tuple[Hall | None, list[Finding]]:
    """The hall in a text, None with mistakes in it; and all findings in the order of the file."""
    document = Document(text)
    findings = list(document.findings)
    if not document.sound:
        return None, findings or [Finding(*HERE, "the file is empty.")]
    hall: Hall | None = None
    try:
        hall = HallPart.model_validate(document.said).made()
    except ValidationError as invalid:
        wrong = every_mistake(document.said, invalid)
        findings += [Finding(*document.place(each.way, of_key=each.of_key), each.what) for each in wrong]
    else:
        findings += [Finding(*document.place(bad.way), f"{bad.where}: {bad.what}.") for bad in hall.unfit()]
        findings += [Finding(*document.place(way), what, wrong=False) for way, what in doubts(hall)]
    if any(finding.wrong for finding in findings):
        hall = None
    return hall, sorted(findings)
