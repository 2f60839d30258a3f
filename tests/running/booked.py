"""A hall that can be booked, and how its slots are asked for."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.running.client import HALL, Client
from tests.running.database import Database
from tests.running.fixtures import Start
from tests.running.hall import Hall
from tests.running.own_hall import go_to, moment, monday, own_file

DAY = timedelta(days=1)
BOOKINGS = f"{HALL}/bookings"


def bookable(start: Start, database: Database, folder: Path, last_ticket: str = "0 min", **settings: Any) -> Hall:
    """A hall where A can be booked: half-hour slots of two, with lunch; its clock stands at Monday eight o'clock."""
    rules = {"step": "30 min", "capacity": 2, "early": "15 min", "late": "10 min", "lead": "10 min", "days_ahead": 3}
    week = ("monday", "tuesday", "wednesday", "thursday", "friday")
    opening = {"hours": dict.fromkeys(week, "09:00-10:30, 14:00-14:50"), "last_ticket": last_ticket}
    own = own_file(folder, businesses={"A": {"booking": rules}}, opening=opening, settings=settings)
    hall = start(database, file=own)
    go_to(hall, monday(), "08:00")
    return hall


def at(wall: str, day: int = 0) -> int:
    """A slot of a day of the week."""
    return moment(monday() + day * DAY, wall)


def book(client: Client, slot: int, **more: Any) -> Any:
    """Ask for a slot of A."""
    return client.tell(BOOKINGS, {"business": "A", "slot": slot, **more})
