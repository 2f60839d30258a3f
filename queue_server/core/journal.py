"""The journal: one canonical line per ticket or window changed, chained by hash; the only history format."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from hashlib import sha256
from typing import Any, NamedTuple

from queue_server.core.errors import BadValue
from queue_server.core.ticket import FIELDS, Hold, State, Ticket

START = "0" * 64
Facts = Mapping[str, Any]
# A journal row as a database gives it: (entry_no, at, line, hash), whatever it may hold.
Stored = tuple[int, object, object, object]


@dataclass(frozen=True, slots=True)
class Entry:
    """One past fact: `no` from 1 without gaps per hall, `at` hall time in ms UTC, `set` the ticket's changed fields.

    `act_id` is shared by the entries of one act, `by` says who acted, `case` is the case it is about, `facts` is what
    else a reply or a reader needs.
    """

    no: int
    at: int
    hall: str
    act: str
    act_id: str
    by: str
    ticket: str | None = None
    window: int | None = None
    case: str | None = None
    set: Facts | None = None
    facts: Facts | None = None

    @property
    def happened(self) -> int:
        """When it really happened (ms UTC): what was done by hand and entered later says so, all else happened `at`."""
        told = (self.facts or {}).get("happened_at", self.at)
        return told if isinstance(told, int) else self.at


class Bad(NamedTuple):
    """The first journal line that does not hold, and what is wrong with it."""

    entry_no: int
    what: str


def line(entry: Entry) -> str:
    """The entry as its canonical text: JSON with sorted keys, no spaces, nothing that is None."""
    said = {f.name: getattr(entry, f.name) for f in fields(Entry)}
    return canonical({name: value for name, value in said.items() if value is not None})


def canonical(value: object) -> str:
    """JSON in the one form that is hashed: sorted keys, no spaces, UTF-8 kept as it is, no NaN."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def chain(previous: str, text: str) -> str:
    """The hash of a line: SHA-256 over the previous hash and the line's bytes, in hex."""
    return sha256(previous.encode("utf-8") + text.encode("utf-8")).hexdigest()


def parse(text: str) -> Entry:
    """The entry a line tells; raises `BadValue` for anything that is not one."""
    try:
        said = json.loads(text)
        entry = Entry(**said)
    except (ValueError, TypeError) as broken:
        raise BadValue("journal line", "is not an entry") from broken
    kinds: list[tuple[object, type]] = [(entry.no, int), (entry.at, int)]
    kinds += [(text, str) for text in (entry.hall, entry.act, entry.act_id, entry.by)]
    maybe = [(entry.ticket, str), (entry.window, int), (entry.case, str), (entry.set, dict), (entry.facts, dict)]
    kinds += [(value, kind) for value, kind in maybe if value is not None]
    if not all(isinstance(value, kind) for value, kind in kinds):
        raise BadValue("journal line", "has a field of the wrong kind")
    return entry


def changes(before: Ticket | None, after: Ticket) -> dict[str, Any]:
    """What an entry's `set` holds: every field that differs from before, all of them for a new ticket."""
    if before is None:
        return {n: _plain(value) for n, value in vars(after).items()}
    return changes_among(before, after, FIELDS)


def changes_among(before: Ticket, after: Ticket, names: Iterable[str]) -> dict[str, Any]:
    """`changes` for an act that sets no field but these."""
    return {n: _plain(value) for n in names if (value := getattr(after, n)) != getattr(before, n)}


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def replay(before: Ticket | None, changed: Facts) -> Ticket:
    """The ticket after an entry's `set`; raises `BadValue` when the fields do not make a ticket."""
    values = {} if before is None else dict(vars(before))
    values.update(changed)
    try:
        # Lines from before a visit could wait more than once: there the one wait began with the number.
        for name in ("base", "entered_at", "queued_at"):
            values.setdefault(name, values["issued_at"])
        values["state"] = State(values["state"])
        values["hold"] = None if values.get("hold") is None else Hold(values["hold"])
        values["priority"], values["later"] = tuple(values["priority"]), tuple(values.get("later", ()))
        return Ticket(**values)
    except (KeyError, TypeError, ValueError) as broken:
        raise BadValue("journal entry", "its fields do not make a ticket") from broken


def tickets(entries: Iterable[Entry]) -> dict[str, Ticket]:
    """Every ticket as the journal tells it, by id."""
    found: dict[str, Ticket] = {}
    for entry in entries:
        if entry.ticket is not None and entry.set is not None:
            found[entry.ticket] = replay(found.get(entry.ticket), entry.set)
    return found


def verify(rows: Iterable[Stored], hall: str) -> Iterator[Bad]:
    """Walk (entry_no, at, line, hash) in order and yield what does not hold; nothing is yielded for a sound journal."""
    previous, expected, last_at = START, 1, 0
    for entry_no, at, text, digest in rows:
        if entry_no != expected:
            yield Bad(expected, f"is missing; entry {entry_no} comes next")
        elif not (isinstance(at, int) and isinstance(text, str) and isinstance(digest, str)):
            # A database may hold anything in any column, whatever it was made for.
            yield Bad(entry_no, "cannot be read: what is stored is no moment, no text or no hash")
        elif chain(previous, text) != digest:
            yield Bad(entry_no, "the line does not match its hash")
        else:
            what = _disagreement(entry_no, at, text, hall, last_at)
            if what:
                yield Bad(entry_no, what)
        previous, expected, last_at = str(digest), entry_no + 1, at if isinstance(at, int) else last_at


def _disagreement(entry_no: int, at: int, text: str, hall: str, last_at: int) -> str | None:
    try:
        entry = parse(text)
    except BadValue as bad:
        return bad.what
    if (entry.no, entry.at, entry.hall) != (entry_no, at, hall):
        return "the columns beside the line say something else"
    if at < last_at:
        return "time runs back"
    return None
