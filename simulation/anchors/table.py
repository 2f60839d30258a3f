"""The rows of a check as text: for a terminal, and for docs/simulation.md."""

from collections.abc import Sequence

from simulation.anchors.check import Row

HEAD = ("hall: figure", "exact", "simulated", "± 95 %", "z", "by", "")


def lines(rows: Sequence[Row]) -> list[str]:
    """A line for each row, with a head, and at the end how many hold."""
    cells = [HEAD, *(_cells(row) for row in rows)]
    widths = [max(len(cell[place]) for cell in cells) for place in range(len(HEAD))]
    told = [
        "  ".join(
            text.ljust(width) if place in {0, 5, 6} else text.rjust(width)
            for place, (text, width) in enumerate(zip(cell, widths, strict=True))
        ).rstrip()
        for cell in cells
    ]
    wide = sum(not row.narrow for row in rows if row.engine == "kernel")
    still = f", {wide} with an interval wider than asked" if wide else ""
    return [*told, "", f"{sum(row.holds for row in rows)} of {len(rows)} hold{still}."]


def markdown(rows: Sequence[Row]) -> str:
    """The rows as a table in Markdown, without those who would only repeat the formula."""
    head = ("hall: figure", "exact", "simulated, ± 95 %", "z", "visitors")
    told = [
        (
            row.name,
            _number(row.exact),
            f"{_number(row.simulated)} ± {row.half_width or 0:.2g}",
            f"{row.z:.2f}",
            f"{row.customers:,}",
        )
        for row in rows
        if row.simulated is not None and row.z is not None
    ]
    return "\n".join("| " + " | ".join(line) + " |" for line in (head, ("---",) * len(head), *told))


def _cells(row: Row) -> tuple[str, ...]:
    by = "formula" if row.engine is None else f"{row.engine} {row.seed}"
    z = "" if row.z is None else f"{row.z:.2f}"
    return row.name, _number(row.exact), _number(row.simulated), _number(row.half_width), z, by, _verdict(row)


def _verdict(row: Row) -> str:
    return "holds" if row.holds else "OFF"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.5g}"
