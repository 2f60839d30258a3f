"""Which clock a database gets: the real one, or, for a hall that is only for show, one of its own."""

from sqlalchemy import Connection

from queue_server.clock import Clock, ShowClock
from queue_server.storage import speeds


class RealHall(ValueError):
    """A database whose hall has run in real time shall run fast; it never does."""

    def __init__(self, speed: int) -> None:
        super().__init__(
            f"This database holds a hall that has run in real time, and a real hall's clock is never sped up. "
            f"Give speed {speed} a database of its own (a new --database or --data), or leave the speed out."
        )


def clock_for(db: Connection, speed: int) -> Clock:
    """The clock of this database's halls at this speed; raises `RealHall`.

    A hall for show goes on where it stopped, at whatever speed: its time is ahead of the wall clock, and may not stand
    still until that has come up. Each such start is noted in the journal.
    """
    shown = speeds.for_show(db)
    if speed == 1 and not shown:
        return Clock()
    if not shown and speeds.run_really(db):
        raise RealHall(speed)
    clock = ShowClock(speed, speeds.last_moment(db))
    speeds.mark(db, speed, clock.now())
    return clock
