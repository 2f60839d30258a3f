"""The staff of a test hall, as somebody who signs in knows herself."""

import secrets
from dataclasses import dataclass

from argon2 import PasswordHasher
from sqlalchemy import Engine

from queue_server.storage import credentials

PASSWORD = "a long enough word"
# As strong as argon2 allows to be weak: what is tested here is not how long guessing takes.
_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@dataclass(frozen=True, slots=True)
class Person:
    """One of the staff; all have the same password, because making one takes time."""

    name: str
    role: str
    display_name: str
    number: str
    password: str = PASSWORD


def add(engine: Engine, person: Person) -> None:
    """Write somebody into the database, beside its server."""
    stored = credentials.Person(
        secrets.token_hex(16), "main", person.name, person.display_name, person.number, person.role, _HASH
    )
    with engine.begin() as db:
        credentials.add_person(db, stored, 0)
