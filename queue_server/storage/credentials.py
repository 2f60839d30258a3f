"""Tokens, staff and keys as stored: secrets only as hashes, passwords only as argon2."""

import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from queue_server.core.errors import Refusal
from queue_server.storage.tables import keys, sessions, staff, tokens

SESSION_KEY = "session"
SESSION_MS = 12 * 3_600_000


@dataclass(frozen=True, slots=True)
class Token:
    """A program's token: who it is, for which hall, in which role."""

    id: str
    hall: str
    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Person:
    """One of the staff; `number` is the staff number that may be shown.

    `profile` names what they are able to do, None for everything.
    """

    id: str
    hall: str
    name: str
    display_name: str
    number: str
    role: str
    password_hash: str
    profile: str | None = None


def digest(token: str) -> str:
    """What is stored of a token; it has 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def create_token(db: Connection, hall: str, role: str, name: str, now: int) -> str:
    """A new token, told once; valid at once."""
    token = secrets.token_urlsafe(32)
    row = {"id": secrets.token_hex(16), "hall": hall, "role": role, "name": name, "created_at": now}
    db.execute(insert(tokens), {**row, "hash": digest(token)})
    return token


def drop_tokens(db: Connection, hall: str, name: str) -> None:
    """Make the tokens of that name worthless."""
    db.execute(delete(tokens).where(tokens.c.hall == hall, tokens.c.name == name))


def find_token(db: Connection, token: str) -> Token | None:
    """Whose token this is."""
    row = db.execute(
        select(tokens.c.id, tokens.c.hall, tokens.c.role, tokens.c.name).where(tokens.c.hash == digest(token))
    ).first()
    return None if row is None else Token(*row)


def add_person(db: Connection, person: Person, now: int) -> None:
    """One more of the staff."""
    values = {name: getattr(person, name) for name in Person.__slots__}
    db.execute(insert(staff), {**values, "created_at": now})


def person_by_name(db: Connection, name: str) -> Person | None:
    """The person who signs in under that name."""
    return _person(db, staff.c.name == name)


def everybody(db: Connection) -> list[Person]:
    """All staff, by name."""
    columns = [staff.c[name] for name in Person.__slots__]
    return [Person(*row) for row in db.execute(select(*columns).order_by(staff.c.name))]


def set_password(db: Connection, name: str, password_hash: str) -> bool:
    """Give a person another password and end all their sessions; False for a name nobody has."""
    changed = update(staff).where(staff.c.name == name).values(password_hash=password_hash).returning(staff.c.id)
    person_id = db.execute(changed).scalar()
    if person_id is None:
        return False
    db.execute(delete(sessions).where(sessions.c.staff == person_id))
    return True


def open_session(db: Connection, person: Person, now: int) -> str:
    """The id of a new session, good for twelve hours; what has run out is cleared away.

    Refuses `sign-in-failed` when the person got another password since it was checked.
    """
    checked = select(staff.c.password_hash).where(staff.c.id == person.id).with_for_update()
    if db.execute(checked).scalar() != person.password_hash:
        raise Refusal("sign-in-failed")
    db.execute(delete(sessions).where(sessions.c.expires_at <= now))
    session_id = secrets.token_hex(32)
    db.execute(insert(sessions), {"id": digest(session_id), "staff": person.id, "expires_at": now + SESSION_MS})
    return session_id


def end_session(db: Connection, session_id: str) -> None:
    """Make a session worthless, wherever its cookie is kept."""
    db.execute(delete(sessions).where(sessions.c.id == digest(session_id)))


def person_by_session(db: Connection, session_id: str, now: int) -> Person | None:
    """The person who is signed in by that session."""
    who = select(sessions.c.staff).where(sessions.c.id == digest(session_id), sessions.c.expires_at > now)
    person_id = db.execute(who).scalar()
    return None if person_id is None else person_by_id(db, person_id)


def person_by_id(db: Connection, person_id: str) -> Person | None:
    """The person with that id."""
    return _person(db, staff.c.id == person_id)


def set_profile(db: Connection, name: str, profile: str | None) -> bool:
    """Change what somebody is able to do; whether there is such a person."""
    return db.execute(update(staff).where(staff.c.name == name), {"profile": profile}).rowcount > 0


def profile_of(db: Connection, person_id: str) -> str | None:
    """The name of what a person is able to do."""
    found: str | None = db.execute(select(staff.c.profile).where(staff.c.id == person_id)).scalar()
    return found


def clerk_of(db: Connection, hall: str, number: str) -> str | None:
    """The id of the one with that staff number in a hall."""
    found: str | None = db.execute(select(staff.c.id).where(staff.c.hall == hall, staff.c.number == number)).scalar()
    return found


def ids(db: Connection, hall: str) -> set[str]:
    """The ids of all staff of a hall."""
    return set(db.execute(select(staff.c.id).where(staff.c.hall == hall)).scalars())


def shown(db: Connection, person_id: str) -> tuple[str, str] | None:
    """(name, staff number) of a person, as colleagues may see them."""
    row = db.execute(select(staff.c.display_name, staff.c.number).where(staff.c.id == person_id)).first()
    return None if row is None else (row[0], row[1])


def _person(db: Connection, condition: object) -> Person | None:
    columns = [staff.c[name] for name in Person.__slots__]
    row = db.execute(select(*columns).where(condition)).first()  # type: ignore[arg-type]  # a column expression
    return None if row is None else Person(*row)


def key(db: Connection, name: str) -> bytes:
    """A secret of the server, made when first asked for; needs a writing connection."""
    value = db.execute(select(keys.c.value).where(keys.c.name == name)).scalar()
    if value is None:
        value = secrets.token_hex(32)
        db.execute(insert(keys), {"name": name, "value": value})
    return bytes.fromhex(value)
