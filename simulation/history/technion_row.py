"""One row of the "Anonymous Bank" log as values; raises ValueError for a row that is not one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from simulation.history.localtime import seconds_of

COLUMNS = (
    "customer_id",
    "priority",
    "type",
    "date",
    "vru_entry",
    "vru_exit",
    "vru_time",
    "q_start",
    "q_exit",
    "q_time",
    "outcome",
    "ser_start",
    "ser_exit",
    "ser_time",
    "server",
)
KNOWN_TYPES = frozenset({"PS", "PE", "IN", "NE", "NW", "TT"})
HALF_DAY = 12 * 60 * 60


@dataclass(frozen=True, slots=True)
class Call:
    """One call; times are seconds of the local day, and 0:00:00 stands for "none" as in the log."""

    business: str
    priority: int
    customer_known: bool
    day: date
    vru_entry: int
    vru_exit: int
    vru_time: int
    q_start: int
    q_exit: int
    outcome: str
    ser_start: int
    ser_exit: int
    ser_time: int
    server: str | None

    @property
    def queued(self) -> bool:
        """Whether the caller joined the queue at all."""
        return self.q_start > 0


def call(row: Mapping[str, str]) -> Call:
    """The call that a row tells."""
    digits = row["date"].strip()
    if len(digits) != 6 or row["outcome"] not in {"AGENT", "HANG", "PHANTOM"}:  # noqa: PLR2004 -- YYMMDD
        raise ValueError(digits)
    if not row["type"].isalpha():
        raise ValueError(row["type"])
    server = row["server"].strip()
    ser_time = int(row["ser_time"])
    if not 0 <= ser_time < 2 * HALF_DAY:
        raise ValueError(ser_time)
    return Call(
        business=row["type"],
        priority=int(row["priority"]),
        customer_known=row["customer_id"].strip() not in {"", "0"},
        day=date(1900 + int(digits[:2]), int(digits[2:4]), int(digits[4:])),
        vru_entry=seconds_of(row["vru_entry"]),
        vru_exit=seconds_of(row["vru_exit"]),
        vru_time=int(row["vru_time"]),
        q_start=seconds_of(row["q_start"]),
        q_exit=seconds_of(row["q_exit"]),
        outcome=row["outcome"],
        ser_start=seconds_of(row["ser_start"]),
        ser_exit=seconds_of(row["ser_exit"]),
        ser_time=ser_time,
        server=None if server in {"", "NO_SERVER"} else server,
    )
