"""The acts at a window by name: what body each takes and which use case it runs; HTTP and sockets share this table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from queue_server import protocol as says
from queue_server.caller import Caller
from queue_server.core.acts import Stamp
from queue_server.core.by_hand import Line
from queue_server.core.errors import Refusal
from queue_server.core.ticket import Hold
from queue_server.roles import CLERKS, GUIDES
from queue_server.storage import credentials
from queue_server.storage.done import Done
from queue_server.storage.ledger import Ledger
from queue_server.use_cases import aside, by_hand, clerk, moving, papers, priority, seats, undoing

Run = Callable[[Ledger, Stamp, int, Caller, Any], Done]


@dataclass(frozen=True, slots=True)
class WindowAct:
    """One act: the body it takes, the statuses it answers with, what it runs, who may do it over HTTP."""

    body: type[says.Incoming]
    replies: Mapping[int, type[BaseModel] | None]
    run: Run
    roles: frozenset[str] = CLERKS


def _sign_in(ledger: Ledger, stamp: Stamp, window: int, caller: Caller, _body: Any) -> Done:
    if caller.clerk is None or caller.shown is None:
        raise Refusal("persons-only")
    shown = {"name": caller.shown[0], "number": caller.shown[1]}
    return seats.sign_in(ledger, stamp, window, caller.clerk, shown, seats.able(ledger, caller.clerk))


def _sign_out(ledger: Ledger, stamp: Stamp, window: int, caller: Caller, _body: Any) -> Done:
    if caller.clerk is None:
        raise Refusal("persons-only")
    return seats.sign_out(ledger, stamp, window, caller.clerk, frees=caller.role == "manager")


def _over(caller: Caller) -> str | None:
    """Who opens, closes and pauses a window: whoever sits there, a program, and a manager from anywhere (None)."""
    return None if caller.role == "manager" else caller.clerk


def _hold(ledger: Ledger, stamp: Stamp, window: int, caller: Caller, body: says.HoldBody) -> Done:
    return aside.hold(ledger, stamp, window, caller.clerk, Hold(body.kind), body.awaits, body.note)


def clerk_of(ledger: Ledger, number: str) -> str:
    """The staff id behind a staff number; refuses `unknown-clerk`."""
    found = credentials.clerk_of(ledger.db, ledger.hall.id, number)
    if found is None:
        raise Refusal("unknown-clerk", clerk=number)
    return found


def _served(body: says.FinishBody) -> list[clerk.Served]:
    return [clerk.Served(each.item, each.quantity, each.outcome) for each in body.served]


def _reasons(said: Sequence[says.MissingReason]) -> dict[str, str]:
    return {each.paper: each.reason for each in said}


def _papers_missing(ledger: Ledger, stamp: Stamp, window: int, caller: Caller, body: says.PapersMissingBody) -> Done:
    ticket = clerk.here(ledger, window, caller.clerk)
    what = (body.item, body.missing, body.return_by, _reasons(body.reasons))
    return papers.papers_missing(ledger, stamp, ticket, window, caller.clerk, *what)


def _on_promise(ledger: Ledger, stamp: Stamp, window: int, caller: Caller, body: says.OnPromiseBody) -> Done:
    ticket = clerk.here(ledger, window, caller.clerk)
    what = (body.item, body.missing, body.due, _reasons(body.reasons))
    return papers.on_promise(ledger, stamp, ticket, window, caller.clerk, *what)


def _transfer(ledger: Ledger, stamp: Stamp, window: int, caller: Caller, body: says.TransferBody) -> Done:
    to_clerk = None if body.to_clerk is None else clerk_of(ledger, body.to_clerk)
    return moving.transfer(
        *(ledger, stamp, window, caller.clerk, body.business, body.note),
        to_window=body.to_window,
        to_clerk=to_clerk,
        held=body.ticket,
    )


def _grade(ledger: Ledger, stamp: Stamp, window: int, caller: Caller, body: says.GradeBody) -> Done:
    seats.sits(ledger, window, caller.clerk)
    return priority.grade(ledger, stamp, body.ticket, tuple(body.priority), "window", window)


def _on_ticket(run: Callable[[Ledger, Stamp, str, int | None], Done]) -> Run:
    """An act on any ticket, done from a window by whoever sits there."""

    def act(ledger: Ledger, stamp: Stamp, window: int, caller: Caller, body: says.TicketBody) -> Done:
        seats.sits(ledger, window, caller.clerk)
        return run(ledger, stamp, body.ticket, window)

    return act


def _move(ledger: Ledger, stamp: Stamp, window: int, caller: Caller, body: says.MoveBody) -> Done:
    seats.sits(ledger, window, caller.clerk)
    return moving.move(ledger, stamp, body.ticket, body.business, window)


def _by_hand(ledger: Ledger, stamp: Stamp, window: int, caller: Caller, body: says.ByHandBody) -> Done:
    lines = [Line(**line.model_dump()) for line in body.lines]
    return by_hand.enter(ledger, stamp, window, caller.clerk, lines, body.since)


_TICKET: Mapping[int, type[BaseModel] | None] = {200: says.TicketReply}
_TICKET_OR_NOBODY: Mapping[int, type[BaseModel] | None] = {200: says.TicketReply, 204: None}
_WINDOW: Mapping[int, type[BaseModel] | None] = {200: says.WindowReply}
_SEATED: Mapping[int, type[BaseModel] | None] = {200: says.Seated}

WINDOW_ACTS: Mapping[str, WindowAct] = MappingProxyType(
    {
        "next": WindowAct(says.Empty, _TICKET_OR_NOBODY, lambda led, st, w, c, _: clerk.call_next(led, st, w, c.clerk)),
        "call-given": WindowAct(
            says.CallGivenBody,
            _TICKET,
            lambda led, st, w, c, b: clerk.call_given(led, st, w, c.clerk, b.ticket, b.reason),
        ),
        "recall": WindowAct(says.Empty, _TICKET, lambda led, st, w, c, _: clerk.recall(led, st, w, c.clerk)),
        "start": WindowAct(says.Empty, _TICKET, lambda led, st, w, c, _: clerk.start(led, st, w, c.clerk)),
        "missed": WindowAct(says.Empty, _TICKET, lambda led, st, w, c, _: clerk.missed(led, st, w, c.clerk)),
        "finish": WindowAct(
            says.FinishBody, _TICKET, lambda led, st, w, c, b: clerk.finish(led, st, w, c.clerk, b.outcome, _served(b))
        ),
        "finish-next": WindowAct(
            says.FinishBody,
            _TICKET_OR_NOBODY,
            lambda led, st, w, c, b: clerk.finish_and_next(led, st, w, c.clerk, b.outcome, _served(b)),
        ),
        "papers-missing": WindowAct(says.PapersMissingBody, _TICKET, _papers_missing),
        "on-promise": WindowAct(says.OnPromiseBody, _TICKET, _on_promise),
        "hold": WindowAct(says.HoldBody, _TICKET, _hold),
        "resume": WindowAct(
            says.TicketBody, _TICKET, lambda led, st, w, c, b: aside.resume(led, st, w, c.clerk, b.ticket)
        ),
        "rejoin": WindowAct(says.TicketBody, _TICKET, _on_ticket(aside.rejoin)),
        "requeue": WindowAct(says.TicketBody, _TICKET, _on_ticket(aside.requeue)),
        "transfer": WindowAct(says.TransferBody, _TICKET, _transfer),
        "move": WindowAct(says.MoveBody, _TICKET, _move),
        "grade": WindowAct(says.GradeBody, _TICKET, _grade),
        "more-time": WindowAct(says.TicketBody, _TICKET, _on_ticket(priority.more_time)),
        "mark-timing": WindowAct(says.TicketBody, _TICKET, _on_ticket(priority.mark_timing)),
        "undo": WindowAct(says.Empty, _TICKET, lambda led, st, w, c, _: undoing.take_back(led, st, w, c.clerk)),
        "by-hand": WindowAct(says.ByHandBody, {200: says.ByHandReply}, _by_hand),
        "open": WindowAct(says.Empty, _WINDOW, lambda led, st, w, c, _: seats.open_window(led, st, w, _over(c))),
        "close": WindowAct(says.Empty, _WINDOW, lambda led, st, w, c, _: seats.close_window(led, st, w, _over(c))),
        "pause": WindowAct(
            says.PauseBody, _WINDOW, lambda led, st, w, c, b: seats.pause_window(led, st, w, _over(c), b.reason)
        ),
        "unpause": WindowAct(says.Empty, _WINDOW, lambda led, st, w, c, _: seats.resume_window(led, st, w, _over(c))),
        "help": WindowAct(says.Empty, _WINDOW, lambda led, st, w, c, _: seats.ask_help(led, st, w, c.clerk)),
        "help-ended": WindowAct(says.Empty, _WINDOW, lambda led, st, w, _c, _: seats.end_help(led, st, w), GUIDES),
        "sign-in": WindowAct(says.Empty, _SEATED, _sign_in),
        "sign-out": WindowAct(says.Empty, _SEATED, _sign_out),
    }
)
