"""The journal's lines: one canonical form, what is no entry, and tickets told from entries."""

import json
from dataclasses import replace
from hashlib import sha256

import pytest

from queue_server.core.errors import BadValue
from queue_server.core.journal import (
    START,
    Entry,
    canonical,
    chain,
    changes,
    changes_among,
    line,
    parse,
    replay,
    tickets,
)
from queue_server.core.ticket import FIELDS, Hold, State
from tests.unit.core.small_hall import MINUTE, NINE, ticket

ENTRY = Entry(no=1, at=NINE, hall="main", act="issued", act_id="a1", by="kiosk")


def test_a_line_has_sorted_keys_no_spaces_and_nothing_that_is_none() -> None:
    assert line(ENTRY) == f'{{"act":"issued","act_id":"a1","at":{NINE},"by":"kiosk","hall":"main","no":1}}'


def test_a_line_keeps_chinese_as_it_is_and_sorts_inside_too() -> None:
    said = line(replace(ENTRY, facts={"z": 1, "原因": "系统故障", "a": [1, None]}))
    assert '"facts":{"a":[1,null],"z":1,"原因":"系统故障"}' in said


def test_a_number_that_is_none_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical(float("nan"))


def test_a_line_can_be_read_back() -> None:
    entry = replace(ENTRY, ticket="t1", window=3, set={"state": "called"}, facts={"why": {"cause": "only"}})
    assert parse(line(entry)) == entry
    assert line(parse(line(entry))) == line(entry)


def test_the_chain_hashes_the_hash_before_and_the_lines_bytes() -> None:
    assert chain(START, "号") == sha256(("0" * 64).encode() + "号".encode()).hexdigest()
    assert chain(START, "a") != chain("1" + START[1:], "a")


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "[1]", '"x"', "1", "{}", '{"no":1}', json.dumps({**json.loads(line(ENTRY)), "more": 1})],
)
def test_what_is_not_an_entry_is_refused(text: str) -> None:
    with pytest.raises(BadValue, match="journal line: is not an entry"):
        parse(text)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("no", "1"),
        ("no", None),
        ("at", 1.5),
        ("hall", 1),
        ("act", []),
        ("act_id", None),
        ("by", {}),
        ("ticket", 1),
        ("window", "1"),
        ("set", [["state", "void"]]),
        ("facts", "x"),
    ],
)
def test_an_entry_with_a_field_of_the_wrong_kind_is_refused(field: str, value: object) -> None:
    with pytest.raises(BadValue, match="has a field of the wrong kind"):
        parse(json.dumps({**json.loads(line(ENTRY)), field: value}))


def test_changes_of_a_new_ticket_are_all_its_fields() -> None:
    told = changes(None, ticket(priority=("elderly",)))
    assert tuple(told) == FIELDS
    assert told["priority"] == ["elderly"]
    assert told["state"] == "waiting"


def test_changes_are_the_fields_that_differ() -> None:
    before = ticket()
    after = replace(before, state=State.CALLED, window=1, priority=("elderly",))
    assert changes(before, after) == {"state": "called", "window": 1, "priority": ["elderly"]}
    assert changes(before, before) == {}
    assert changes_among(before, after, ("window", "calls")) == {"window": 1}


def test_replay_makes_the_ticket_again() -> None:
    before = ticket(priority=("elderly",))
    after = replace(before, state=State.VOID, finished_at=NINE + MINUTE, reason="left")
    assert replay(None, changes(None, before)) == before
    assert replay(before, changes(before, after)) == after
    held = replace(before, state=State.HELD, hold=Hold.PAPERS_KEPT, later=("B", "C"), held_at=NINE)
    assert changes(before, held) == {"state": "held", "hold": "papers-kept", "later": ["B", "C"], "held_at": NINE}
    told = replay(before, json.loads(canonical(changes(before, held))))
    assert told == held
    assert (type(told.state), type(told.hold), type(told.later)) == (State, Hold, tuple)


def test_a_ticket_from_before_there_were_turns_began_to_wait_with_its_number() -> None:
    new = {"base", "entered_at", "queued_at", "later", "turn", "hold", "held_ms", "tie", "ripe", "returns", "more_time"}
    told = {name: value for name, value in changes(None, ticket(place=NINE - MINUTE)).items() if name not in new}
    assert replay(None, told) == ticket(place=NINE - MINUTE)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"state": "waiting"},
        {**changes(None, ticket()), "state": "asleep"},
        {**changes(None, ticket()), "priority": None},
        {**changes(None, ticket()), "hold": "asleep"},
        {**changes(None, ticket()), "later": None},
        {**changes(None, ticket()), "more": 1},
        {n: v for n, v in changes(None, ticket()).items() if n != "number"},
    ],
)
def test_fields_that_make_no_ticket_are_refused(told: dict[str, object]) -> None:
    with pytest.raises(BadValue, match="its fields do not make a ticket"):
        replay(None, told)


def test_tickets_are_told_by_the_entries_that_change_them() -> None:
    first, second = ticket(), ticket(id="t2", number="A002")
    entries = [
        replace(ENTRY, ticket="t1", set=changes(None, first)),
        replace(ENTRY, no=2, act="window-opened", window=1),
        replace(ENTRY, no=3, ticket="t2", set=changes(None, second)),
        replace(ENTRY, no=4, act="voided", ticket="t1", set={"state": "void", "reason": "left"}),
        replace(ENTRY, no=5, act="recalled", ticket="t2"),
    ]
    assert tickets(entries) == {"t1": replace(first, state=State.VOID, reason="left"), "t2": second}
    assert tickets([]) == {}
