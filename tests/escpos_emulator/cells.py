"""What comes of each fault of a printer before, during and after a print, as docs/printers.md tells it, too."""

from typing import NamedTuple


class Cell(NamedTuple):
    """One fault at one moment: the slip's state and reason, what staff read, and what lies there once all is mended.

    `originals` are slips that look valid, `scraps` torn halves; one reprint, marked as a copy, comes besides.
    """

    fault: str
    moment: str
    state: str
    reason: str | None
    told: str
    originals: int
    scraps: int = 0


# What each fault is called in the document, and how the emulator is told of it.
FAULTS = {
    "near-end": "paper-low",
    "end": "paper-out",
    "cover": "cover-open",
    "cutter": "cutter",
    "offline": "offline",
    "unplugged": "unplugged",
    "mute": "mute",
    "slow": "slow",
}
MOMENTS = ("before", "during", "after")

CELLS = (
    Cell("near-end", "before", "printed", None, "printer-paper-low", 1),
    Cell("near-end", "during", "printed", None, "printer-paper-low", 1),
    Cell("near-end", "after", "printed", None, "printer-paper-low", 1),
    Cell("end", "before", "failed", "printer-paper-out", "printer-paper-out", 0),
    Cell("end", "during", "failed", "printer-paper-out", "printer-paper-out", 1),
    Cell("end", "after", "printed", None, "printer-paper-out", 1),
    Cell("cover", "before", "failed", "printer-cover-open", "printer-cover-open", 0),
    Cell("cover", "during", "failed", "printer-cover-open", "printer-cover-open", 1),
    Cell("cover", "after", "printed", None, "printer-cover-open", 1),
    Cell("cutter", "before", "failed", "printer-cutter", "printer-cutter", 0),
    Cell("cutter", "during", "failed", "printer-cutter", "printer-cutter", 1),
    Cell("cutter", "after", "printed", None, "printer-cutter", 1),
    Cell("offline", "before", "failed", "printer-offline", "printer-offline", 0),
    Cell("offline", "during", "failed", "printer-offline", "printer-offline", 1),
    Cell("offline", "after", "printed", None, "printer-offline", 1),
    Cell("unplugged", "before", "failed", "printer-refused", "printer-refused", 0),
    Cell("unplugged", "during", "failed", "printer-broke-off", "printer-refused", 0, 1),
    Cell("unplugged", "after", "printed", None, "printer-refused", 1),
    Cell("mute", "before", "sent", "printer-mute", "printer-mute", 1),
    Cell("mute", "during", "sent", "printer-mute", "printer-mute", 1),
    Cell("mute", "after", "printed", None, "printer-mute", 1),
    Cell("slow", "before", "printed", None, "printer-slow", 1),
    Cell("slow", "during", "printed", None, "printer-slow", 1),
    Cell("slow", "after", "printed", None, "printer-slow", 1),
)


def table() -> str:
    """The cells as a table in Markdown."""
    head = ("fault", "when", "number on screen", "slip", "slips that look valid", "staff read within 3 s")
    lines = [head, ("---",) * len(head)]
    for cell in CELLS:
        slip = f"`{cell.state}`" + (f" (`{cell.reason}`)" if cell.reason else "")
        valid = f"{cell.originals}" + (", and a torn half" if cell.scraps else "")
        if cell.originals and cell.state == "failed":
            valid += ", when it is mended"
        lines.append((cell.fault, cell.moment, "yes", slip, valid, f"`{cell.told}`"))
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
