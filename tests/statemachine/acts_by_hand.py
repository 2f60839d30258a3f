"""What a window did without a link and enters afterwards; and how the model sees it."""

from collections.abc import Callable, Container
from copy import deepcopy
from typing import Any, NamedTuple

from queue_server import protocol as says
from queue_server.storage.done import Done
from tests.statemachine.acts_on_papers import accept, ends_case, meant
from tests.statemachine.drawing import NOBODYS, Draw, Post, Wanted, name_of, pick, post, visit
from tests.statemachine.ending import end
from tests.statemachine.explaining import note_call
from tests.statemachine.model import Model
from tests.statemachine.visit import Deed, Visit

_S = 1_000
# How long ago (ms) the last visitor was called, came, and went; the last four of these cannot have happened.
_AGO = (
    *(
        (20 * _S, 15 * _S, 10 * _S),
        (70 * _S, 40 * _S, 0),
        (0, 0, 0),
        (9 * _S, 9 * _S, 1),
        (200 * _S, 150 * _S, 30 * _S),
    ),
    *((2 * _S, 5 * _S, 1 * _S), (_S, _S, -_S), (900 * _S, 8 * _S, _S)),
)
_SINCE = 600 * _S
_HOW = (("served", "accepted"), ("missed", None), ("still here", None), ("served", "completed"), ("served", "no-such"))
# How the visits before the last one ended; one that did not end cannot have had another after it.
_ENDED = (_HOW[3], _HOW[0], _HOW[1], _HOW[3], _HOW[0], _HOW[3], _HOW[1], _HOW[3], _HOW[0], _HOW[3], _HOW[2])
# How long (ms) after one had gone the next was called; nobody can be called before that.
_LATER = (0, _S, 25 * _S, 0, 7 * _S, 0, 60 * _S, -_S)
_MOST = 4


class Line(NamedTuple):
    """What the window says of one visitor, by id; None for one whom nobody knows."""

    who: str | None
    said: dict[str, Any]

    @property
    def moments(self) -> list[int]:
        """What happened when (ms UTC), in the order in which it has to happen."""
        return [self.said[n] for n in ("called_at", "started_at", "finished_at", "missed_at") if n in self.said]


def by_hand(model: Model, draw: Draw) -> Wanted:
    """One visitor to four: called, or the first there already; served or missed, or the last there still."""
    at = post(model, draw, lambda *_: True)
    lines = _lines(model, draw, at)
    against = _impossible(lines, model.now)
    if at.visit is not None and (lines[0].who != at.visit.id or "called_at" in lines[0].said):
        against.add("window-busy")
    expected: list[str | None] = []
    if not against and not at.against:
        # Each line finds the hall as the one before has left it, so they are tried in a copy of it.
        tried = _copy(model)
        for line in lines:
            went = _go_on(tried, tried.deed(), at, line)
            expected.append(went.conflict)
            if went.against:
                against = went.against
                break

    def then(done: Done) -> None:
        assert done.entry is not None
        told = (done.entry.facts or {})["lines"]
        assert [each["conflict"] for each in told] == expected, told
        deed = model.deed()
        deed.kinds.add("by-hand-entered")
        model.last_at[at.number] = deed
        for line, each in zip(lines, told, strict=True):
            _go_on(model, deed, at, line)
            assert each["state"] == model.visits[each["ticket"]].state, told

    said = [says.ByHandLineBody(ticket=line.who or NOBODYS, **line.said) for line in lines]
    body = says.ByHandBody(since=model.now - _SINCE, lines=said)
    return at.act("by-hand", body, against, then, "; ".join(_in_words(model, line) for line in lines))


def _lines(model: Model, draw: Draw, at: Post) -> list[Line]:
    many = 1 + draw.later % _MOST
    ago = pick(_AGO, draw.d)
    length = max(0, ago[0] - ago[2]) + pick(_LATER, draw.d >> 3)
    serves = model.serves(at.number) if at.number in model.desks else {}
    lines = []
    for number in range(many):
        last = number == many - 1
        here = at.visit is not None and (draw.c % 8 > 0 if number == 0 else draw.c >> number == 1)
        # In a list of several they are mostly such as wait for this window: what is overtaken comes by itself.
        found = visit(model, (draw.c + 88 * number) % 256, _waits(serves) if many > 1 else lambda v: v.callable)
        who = at.visit if here else found
        how, outcome = pick(_HOW if last else _ENDED, (draw.b >> 3) + 3 * number)
        called, started, over = (model.now - each - length * (many - 1 - number) for each in ago)
        said: dict[str, Any] = {} if here else {"called_at": called}
        said |= {"missed_at": over} if how == "missed" else {"started_at": started}
        said |= {} if outcome is None else {"finished_at": over, "outcome": outcome}
        lines.append(Line(None if who is None else who.id, said))
    return lines


def _waits(serves: Container[str]) -> Callable[[Visit], bool]:
    return lambda v: v.callable and v.business in serves


def _in_words(model: Model, line: Line) -> str:
    ago = {name: (model.now - ms) // _S for name, ms in line.said.items() if isinstance(ms, int)}
    who = None if line.who is None else model.visits[line.who]
    return f"{name_of(who)} {line.said.get('outcome', '')} {ago} seconds ago"


def _copy(model: Model) -> Model:
    """The hall as it is, to try something in; what never changes and what only tells of the past is left out."""
    memo: dict[int, Any] = {id(hall): hall for hall in (model.hall, *model.variants, *model.plans.values())}
    memo |= {id(model.calls): [], id(model.happened): []}
    return deepcopy(model, memo)


class Went(NamedTuple):
    """What becomes of a line: what the hall refuses the whole list for, or why the line is only noted."""

    conflict: str | None = None
    against: frozenset[str] = frozenset()


def _go_on(model: Model, deed: Deed, at: Post, line: Line) -> Went:
    """Do what a line says, as far as nothing stands against it."""
    if line.who is None:
        return Went(against=frozenset({"unknown-ticket"}))
    who, said, now = model.visits[line.who], line.said, model.now
    if conflict := _overtaken(model, at, who, said):
        return Went(conflict)
    if "called_at" in said and model.at(at.number) is not None:
        return Went(against=frozenset({"window-busy"}))
    there = Post(at.number, at.caller, model.desks[at.number], who, at.against)
    accepts = accept(model, there, meant(model, who)) if said.get("outcome") == "accepted" else None
    if against := _wrong(model, who, said) | (accepts.against if accepts else set()):
        return Went(against=frozenset(against))
    ends = None if accepts else ends_case(model, who, said.get("outcome"), ())
    _enter(model, deed, there, said)
    model.now = now
    # The case of a line is nothing to the visitor of the next one.
    before, deed.files = deed.files, []
    if accepts:
        accepts.then(deed)
    if ends:
        ends(deed)
    if "finished_at" in said:
        model.now = said["finished_at"]
        end(model, deed, who, there, said["outcome"], awaiting_at=now)
    deed.files = before + deed.files
    return Went()


def _wrong(model: Model, who: Visit, line: dict[str, Any]) -> set[str]:
    """What speaks against a line that the hall has not overtaken."""
    against = set()
    if "missed_at" in line and _calls(model, who, line) < model.hall.settings.max_calls:
        against.add("too-few-calls")
    if "missed_at" in line and who.state == "serving":
        against.add("wrong-state")
    return against | ({"unknown-outcome"} if line.get("outcome") == "no-such" else set())


def _impossible(lines: list[Line], now: int) -> set[str]:
    """What cannot have happened: not one visitor after the other, or not between the last that was known and now."""
    moments = [ms for line in lines for ms in line.moments]
    one_by_one = all({"finished_at", "missed_at"} & set(line.said) for line in lines[:-1])
    called = all("called_at" in line.said for line in lines[1:])
    against = set() if moments == sorted(moments) and one_by_one and called else {"by-hand-order"}
    if any(ms < now - _SINCE for ms in moments):
        against.add("by-hand-too-early")
    return against | ({"by-hand-not-yet"} if any(ms > now for ms in moments) else set())


def _overtaken(model: Model, at: Post, who: Visit, line: dict[str, Any]) -> str | None:
    """Why the line is only noted: the hall went on with this visitor meanwhile, or nobody could come."""
    if (found := _gone_on(model, at, who, line)) is not None or "missed_at" not in line:
        return found
    said = [line[name] for name in ("called_at", "missed_at") if name in line]
    out = [1 for ms in said for left, back in model.outs if ms >= left and (back is None or back > ms)]
    return "outside" if out else None


def _gone_on(model: Model, at: Post, who: Visit, line: dict[str, Any]) -> str | None:
    if "called_at" not in line:
        first = next(line[n] for n in ("started_at", "finished_at", "missed_at") if n in line)
        if not (who.at_window and who.window == at.number):
            return "taken"
        return "came-later" if max(who.counted_at or 0, who.started_at or 0) > first else None
    if who.state != "waiting":
        return "taken"
    if who.business not in model.serves(at.number):
        return "not-here"
    return "came-later" if who.callable_from is not None or who.entered_at > line["called_at"] else None


def _calls(model: Model, who: Visit, line: dict[str, Any]) -> int:
    """By voice nobody counts the calls: so many there was time for."""
    rules = model.hall.settings
    gap = rules.recall_gap * (2 if who.slow else 1)
    calls, last = (1, line["called_at"]) if "called_at" in line else (who.calls, who.counted_at or 0)
    # Nobody called in the street; whoever was called before the bell is called anew.
    for _, back in model.outs:
        if back is not None and last < back <= line["missed_at"]:
            last = back
    return calls + ((line["missed_at"] - last) // gap if gap else rules.max_calls)


def _enter(model: Model, deed: Deed, at: Post, line: dict[str, Any]) -> None:
    """Each thing as if it were done at its own moment."""
    who, entered_at = at.visit, model.now
    assert who is not None
    if "called_at" in line:
        model.now = line["called_at"]
        note_call(model, at.number, who, cause="by-hand")
        model.call(deed, who, at.number)
    if "started_at" in line and who.state == "called":
        model.now = line["started_at"]
        model.touch(deed, who, "started", at.number)
        model.serve(who, at.caller.clerk)
    if "missed_at" in line:
        model.touch(deed, who, "missed", at.number)
        # Until now nobody could let this visitor in again: the time to come back begins with the entry.
        who.state, who.missed_at = "missed", entered_at
