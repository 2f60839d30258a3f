"""What a window did without a link and enters afterwards; and how the model sees it."""

from typing import Any

from queue_server import protocol as says
from queue_server.storage.done import Done
from tests.statemachine.acts_on_papers import accept
from tests.statemachine.drawing import Draw, Post, Wanted, id_of, name_of, pick, post, visit
from tests.statemachine.ending import end
from tests.statemachine.explaining import note_call
from tests.statemachine.model import Model
from tests.statemachine.visit import Deed, Visit

_S = 1_000
# How long ago (ms) the visitor was called, came, and went; the last four of these cannot have happened.
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


def by_hand(model: Model, draw: Draw) -> Wanted:
    """One visitor, called by hand or there already, and served, missed, or there still."""
    at = post(model, draw, lambda *_: True)
    known = at.visit is not None and draw.c % 8 > 0
    who = at.visit if known else visit(model, draw.c, lambda v: v.callable)
    called, started, over = (model.now - ago for ago in pick(_AGO, draw.d))
    how, outcome = pick(_HOW, draw.b >> 3)
    line: dict[str, Any] = {} if known else {"called_at": called}
    line |= {"missed_at": over} if how == "missed" else {"started_at": started}
    line |= {} if outcome is None else {"finished_at": over, "outcome": outcome}
    against = _impossible(line, model.now)
    if at.visit is not None and (who is not at.visit or not known):
        against.add("window-busy")
    if who is None:
        against.add("unknown-ticket")
    overtaken = at.number in model.desks and who is not None and _overtaken(model, at, who, line)
    there, accepts = Post(at.number, at.caller, at.desk, who, at.against), None
    if who is not None and not overtaken and not against:
        accepts = accept(model, there, who.item) if outcome == "accepted" else None
        against |= _wrong(model, who, line) | (accepts.against if accepts else set())

    def then(done: Done) -> None:
        assert who is not None
        assert done.entry is not None
        told = (done.entry.facts or {})["lines"]
        assert [bool(each["conflict"]) for each in told] == [overtaken], told
        deed, now = model.deed(), model.now
        deed.kinds.add("by-hand-entered")
        model.last_at[at.number] = deed
        if overtaken:
            return
        _enter(model, deed, there, line)
        model.now = now
        if accepts:
            accepts.then(deed)
        if outcome is not None:
            model.now = line["finished_at"]
            end(model, deed, who, there, outcome, awaiting_at=now)

    body = says.ByHandBody(since=model.now - _SINCE, lines=[says.ByHandLineBody(ticket=id_of(who), **line)])
    ago = {name: (model.now - ms) // _S for name, ms in line.items() if isinstance(ms, int)}
    return at.act("by-hand", body, against, then, f"{name_of(who)} {how} {outcome or ''} {ago} seconds ago")


def _wrong(model: Model, who: Visit, line: dict[str, Any]) -> set[str]:
    """What speaks against a line that the hall has not overtaken."""
    against = set()
    if "missed_at" in line and _calls(model, who, line) < model.hall.settings.max_calls:
        against.add("too-few-calls")
    if "missed_at" in line and who.state == "serving":
        against.add("wrong-state")
    return against | ({"unknown-outcome"} if line.get("outcome") == "no-such" else set())


def _impossible(line: dict[str, Any], now: int) -> set[str]:
    moments = [line[n] for n in ("called_at", "started_at", "finished_at", "missed_at") if n in line]
    against = {"by-hand-order"} if moments != sorted(moments) else set()
    if any(ms < now - _SINCE for ms in moments):
        against.add("by-hand-too-early")
    return against | ({"by-hand-not-yet"} if any(ms > now for ms in moments) else set())


def _overtaken(model: Model, at: Post, who: Visit, line: dict[str, Any]) -> bool:
    """Whether the hall went on with this visitor meanwhile, so that the line is only noted."""
    if "called_at" not in line:
        first = next(line[n] for n in ("started_at", "finished_at", "missed_at") if n in line)
        here = who.at_window and who.window == at.number
        return not here or max(who.counted_at or 0, who.started_at or 0) > first
    came_later = who.callable_from is not None or who.entered_at > line["called_at"]
    return who.state != "waiting" or who.business not in model.serves(at.number) or came_later


def _calls(model: Model, who: Visit, line: dict[str, Any]) -> int:
    """By voice nobody counts the calls: so many there was time for."""
    rules = model.hall.settings
    gap = rules.recall_gap * (2 if who.slow else 1)
    calls, last = (1, line["called_at"]) if "called_at" in line else (who.calls, who.counted_at or 0)
    return calls + ((line["missed_at"] - last) // gap if gap else rules.max_calls)


def _enter(model: Model, deed: Deed, at: Post, line: dict[str, Any]) -> None:
    """Each thing as if it were done at its own moment."""
    who = at.visit
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
        who.state, who.missed_at = "missed", line["missed_at"]
