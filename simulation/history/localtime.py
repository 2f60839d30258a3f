"""Between wall time in a log's place and whole milliseconds UTC."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from simulation.history.recorded import QUARTER_MS


def utc_ms(day: date, seconds: int, zone: ZoneInfo) -> int:
    """The moment (ms UTC) at `seconds` of wall time after midnight of `day`; more than a day runs into the next."""
    wall = datetime(day.year, day.month, day.day) + timedelta(seconds=seconds)  # noqa: DTZ001 -- the zone follows
    return round(wall.replace(tzinfo=zone).astimezone(UTC).timestamp() * 1000)


def local(at: int, zone: ZoneInfo) -> datetime:
    """The wall time in `zone` at `at` (ms UTC)."""
    return datetime.fromtimestamp(at / 1000, zone)


def quarter_of_day(at: int, zone: ZoneInfo) -> int:
    """Which quarter hour of its local day holds `at`: 0 to 95."""
    wall = local(at, zone)
    return wall.hour * 4 + wall.minute // 15


def quarter_start(at: int) -> int:
    """The start (ms UTC) of the quarter hour that holds `at`; every time zone in use keeps to quarter hours."""
    return at - at % QUARTER_MS


def seconds_of(text: str) -> int:
    """Seconds after midnight of `H:MM`, or `H:MM:SS`; raises ValueError for anything else."""
    parts = text.strip().split(":")
    if len(parts) not in {2, 3} or not all(p.isascii() and p.isdigit() for p in parts):
        raise ValueError(text)
    hours, minutes, seconds = (int(p) for p in [*parts, "0"][:3])
    if hours > 23 or minutes > 59 or seconds > 59:  # noqa: PLR2004 -- the limits of a clock
        raise ValueError(text)
    return hours * 3600 + minutes * 60 + seconds
