"""What staff do with a window, and taking back its last act; and how the model sees it."""

from collections.abc import Callable
from dataclasses import replace

from queue_server import protocol as says
from queue_server.storage.done import Done
from tests.statemachine.by_itself import served
from tests.statemachine.drawing import CLERKS, PROFILE_OF, PROGRAM, Draw, Post, Wanted, pick, post
from tests.statemachine.model import Model
from tests.statemachine.visit import Deed, Desk, Visit

# What happens by itself, numbers, and what is done with a window or the hall: nobody's slip of the hand.
STAYS = {"issued", "undone", "tie-released", "ripened", "admitted", "by-hand-entered"}


def _changed(model: Model, at: Post, change: Callable[[Desk], None]) -> Callable[[Done], None]:
    def then(_: Done) -> None:
        desk = model.desks[at.number]
        called, clerk = desk.calls, desk.clerk
        change(desk)
        if desk.calls != called:
            desk.changed_at = model.now
        if not desk.calls or desk.clerk != clerk:
            desk.ready = None
        if clerk is not None and desk.clerk != clerk:
            model.left[f"c{clerk}"] = model.now
        model.last_at[at.number] = model.deed()

    return then


def _over(model: Model, draw: Draw, good: Callable[[int, Desk], bool]) -> Post:
    """A manager opens, closes and pauses windows from anywhere."""
    at = post(model, draw, good)
    rightful = at.against - {"not-your-window"} if at.caller.role == "manager" else at.against
    return Post(at.number, at.caller, at.desk, at.visit, rightful)


def open_window(model: Model, draw: Draw) -> Wanted:
    """Call visitors from now on."""
    at = _over(model, draw, lambda _, d: not d.open)

    def change(desk: Desk) -> None:
        desk.open, desk.paused = True, None

    return at.act("open", says.Empty(), {"window-open"} if at.desk.open else set(), _changed(model, at, change))


def close_window(model: Model, draw: Draw) -> Wanted:
    """Call nobody any more."""
    at = _over(model, draw, lambda n, d: d.open and model.at(n) is None)
    against = {"window-busy"} if at.visit else set()
    if not at.desk.open:
        against.add("window-closed")

    def change(desk: Desk) -> None:
        desk.open, desk.paused = False, None

    return at.act("close", says.Empty(), against, _changed(model, at, change))


def pause(model: Model, draw: Draw) -> Wanted:
    """Call nobody for a while."""
    at = _over(model, draw, lambda _, d: d.calls)
    reason = pick(("meal", "short-break", "meal", "boredom"), draw.c)
    against = set() if reason != "boredom" else {"unknown-reason"}
    if not at.desk.calls:
        against.add("window-paused" if at.desk.open else "window-closed")

    def change(desk: Desk) -> None:
        desk.paused = reason

    return at.act("pause", says.PauseBody(reason=reason), against, _changed(model, at, change))


def unpause(model: Model, draw: Draw) -> Wanted:
    """The pause is over."""
    at = _over(model, draw, lambda _, d: d.paused is not None)

    def change(desk: Desk) -> None:
        desk.paused = None

    against = set() if at.desk.paused else {"not-paused"}
    return at.act("unpause", says.Empty(), against, _changed(model, at, change))


def ask_help(model: Model, draw: Draw) -> Wanted:
    """Staff are needed."""
    at = post(model, draw, lambda _, d: not d.help)

    def change(desk: Desk) -> None:
        desk.help = True

    return at.act("help", says.Empty(), {"help-asked"} if at.desk.help else set(), _changed(model, at, change))


def end_help(model: Model, draw: Draw) -> Wanted:
    """Somebody has come, whoever it is."""
    at = post(model, draw, lambda _, d: d.help)
    anyone = Post(at.number, at.caller, at.desk, at.visit, at.against & {"unknown-window"})

    def change(desk: Desk) -> None:
        desk.help = False

    against = set() if at.desk.help else {"no-help-asked"}
    return anyone.act("help-ended", says.Empty(), against, _changed(model, at, change))


def sign_in(model: Model, draw: Draw) -> Wanted:
    """A clerk sits down, with what their profile says in this hall."""
    sitting = {desk.clerk for desk in model.desks.values()}
    free = [caller for name, caller in CLERKS.items() if name not in sitting]
    some = free if free and draw.c % 4 else [PROGRAM, *CLERKS.values()]
    found = post(model, draw, lambda _, d: d.clerk is None)
    at = Post(found.number, pick(some, draw.c >> 2), found.desk, found.visit, found.against & {"unknown-window"})
    who = at.caller.clerk
    against = {"persons-only"} if who is None else set()
    if at.desk.clerk not in (None, who):
        against.add("window-taken")
    if who is not None and any(d.clerk == who and n != at.number for n, d in model.desks.items()):
        against.add("clerk-elsewhere")

    def change(desk: Desk) -> None:
        able = model.hall.profiles.get(PROFILE_OF[who or "li"] or "")
        desk.clerk, desk.since, desk.able, desk.ready = who, model.now, None if able is None else dict(able), None

    return at.act("sign-in", says.Empty(), against, _changed(model, at, change))


def sign_out(model: Model, draw: Draw) -> Wanted:
    """A clerk leaves, or a manager frees a window that somebody left behind."""
    at = _over(model, draw, lambda n, d: d.clerk is not None and model.at(n) is None)
    against = {"persons-only"} if at.caller.clerk is None else set()
    if at.visit:
        against.add("window-busy")

    def change(desk: Desk) -> None:
        desk.clerk, desk.since, desk.able, desk.ready = None, model.now, None, None

    return at.act("sign-out", says.Empty(), against, _changed(model, at, change))


def undo(model: Model, draw: Draw) -> Wanted:
    """Take back the last act at a window, whole."""
    last = model.last_at
    # Mostly where there is something to undo, else where something was done with a visitor.
    able = draw.c % 4 > 0
    at = post(model, draw, lambda n, _: n in last and (not _stays(model, last[n]) if able else bool(last[n].visits)))
    deed = last.get(at.number)
    against = {"nothing-to-undo"} if deed is None else _stays(model, deed)

    def then(_: Done) -> None:
        assert deed is not None
        _take_back(model, deed, at.number)

    return at.act("undo", says.Empty(), against, then, f"({', '.join(sorted(deed.kinds)) if deed else ''})")


def _stays(model: Model, deed: Deed) -> set[str]:
    """Why an act may not be taken back."""
    against = set()
    if not deed.visits or deed.by_timer or deed.kinds & STAYS:
        against.add("nothing-to-undo")
    if model.now - deed.at > model.hall.settings.undo_within:
        against.add("undo-too-late")
    if any(model.visits[known].last_deed != deed.no for known in deed.visits):
        against.add("undo-overtaken")
    if any(_homeless(model, before) for before in deed.visits.values()):
        against.add("undo-overtaken")
    # Whoever would be put aside again must have somebody to wait for, perhaps one who is given back with them.
    awaited = [before.awaits for before in deed.visits.values() if before.awaits is not None]
    if any(deed.visits.get(other, model.visits[other]).over for other in awaited):
        against.add("undo-overtaken")
    for file, before_ in deed.files:
        if before_ is not None and not served(model.hall, before_.business, before_.item):
            against.add("undo-overtaken")
        came = (v for v in model.visits.values() if v.case is file and v.entered_deed > deed.no)
        if file.last_deed != deed.no or any(True for _ in came):
            against.add("undo-overtaken")
    return against


def _homeless(model: Model, before: Visit) -> bool:
    """Whether somebody as they were needs something that the hall has no more."""
    hall, windows = model.hall, set(model.desks)
    later = all(served(hall, code, None) for code in before.later)
    there = {before.window} if before.at_window or before.hold == "papers-kept" else set()
    tied = {int(before.tie[1:])} if before.tie is not None and before.tie[0] == "w" else set()
    classes = set(before.grounds) <= {each.code for each in hall.classes}
    return not (served(hall, before.business, before.item) and later and classes and there | tied <= windows)


def _take_back(model: Model, deed: Deed, window: int) -> None:
    undone = model.deed()
    if "called" in deed.kinds:
        # It is the last one of this window; whoever ended one turn may have been called at once for the next.
        last = max(
            number for number, call in enumerate(model.calls) if call.visit in deed.visits and call.window == window
        )
        model.calls[last] = replace(model.calls[last], withdrawn=True)
    for known, before in deed.visits.items():
        model.touch(undone, model.visits[known], "undone", window)
        model.visits[known].__dict__.update({**vars(before), "last_deed": undone.no})
    for file, before_ in deed.files:
        if before_ is None:
            # A case cannot be unopened, because its code may have been read: it is closed, and nothing came of it.
            file.closed_at, file.outcome, file.promised_on = model.now, "undone", None
            file.missing, file.return_by, file.stopped_on = (), None, None
        else:
            vars(file).update({**vars(before_), "id": file.id, "code": file.code})
        file.last_deed = undone.no
    if deed.ready is not None:
        model.desks[deed.ready].ready = None
