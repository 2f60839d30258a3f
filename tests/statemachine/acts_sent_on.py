"""Sending visitors on, moving who waits, and the grounds for priority they have; and how the model sees it."""

from collections.abc import Callable

from queue_server import protocol as says
from queue_server.storage.done import Done
from tests.statemachine.acts_on_visits import Change, on_ticket, sure, wrong_state
from tests.statemachine.drawing import CLERKS, PROFILE_OF, Draw, Post, Wanted, busy, id_of, name_of, pick, post, visit
from tests.statemachine.halls import BUSINESSES, GROUNDS, WINDOWS
from tests.statemachine.model import Model
from tests.statemachine.visit import Visit


def transfer(model: Model, draw: Draw) -> Wanted:
    """Send the visitor on, to a business, a window or a clerk; or one who is away, with the papers kept."""
    kept = any(v.state == "held" and v.hold == "papers-kept" for v in model.visits.values())
    absent = draw.b % 4 > 0 if kept else draw.b % 64 == 1
    at = post(model, draw, (lambda *_: True) if absent else busy(model))
    who = visit(model, draw.b >> 2, lambda v: v.state == "held" and v.hold == "papers-kept") if absent else at.visit
    to = pick(BUSINESSES, draw.c >> 4) if draw.c % 4 == 0 else pick(model.hall.businesses, draw.c >> 4).code
    window = pick(WINDOWS, draw.d >> 3) if draw.d % 8 in (1, 2, 3) else None
    clerk, person = pick([*CLERKS.items()], draw.d >> 3)
    number = (str((person.shown or ("", ""))[1]) if draw.d >> 4 else "99") if draw.d % 8 in (4, 5) else None
    against = _not_handed_over(model, at, who) if absent else set() if who else {"nobody-here"}
    if to not in {b.code for b in model.hall.businesses}:
        against.add("unknown-business")
    if number == "99":
        against.add("unknown-clerk")
    if window is not None and window not in model.desks:
        against.add("unknown-window")
    elif window is not None and to not in model.window(window).reluctance:
        against.add("not-there")
    if window == (who.window if absent and who else at.number):
        against.add("same-window")
    if number is not None and never(model, clerk, to):
        against.add("clerk-not-there")
    if who and into_suspended(model, who, to):
        against.add("sent-to-suspended")
    tie = f"w{window}" if window is not None else f"c{clerk}" if number is not None else None

    def then(_: Done) -> None:
        here, deed = sure(who), model.deed()
        model.touch(deed, here, "transferred", at.number)
        here.owner = here.owner or at.caller.clerk
        item = here.item if here.business == to else None
        model.new_turn(here, to)
        here.item = item
        rules = model.hall.settings
        model.again(here, tie, as_issue=rules.rejoin_as_issue if absent else rules.transfer_as_issue)
        model.turn_over(deed, here)

    ticket = id_of(who) if absent else None
    body = says.TransferBody(ticket=ticket, business=to, note="see drawer", to_window=window, to_clerk=number)
    return at.act("transfer", body, against, then, f"{name_of(who)} to {to} {tie or ''}")


def _not_handed_over(model: Model, at: Post, who: Visit | None) -> set[str]:
    """What speaks against sending on from a window who is not there: papers lie elsewhere, and somebody is there."""
    against = wrong_state(who, "held")
    if against or who is None or who.hold != "papers-kept":
        return against or {"papers-not-kept"}
    if who.window == at.number or at.number not in model.desks:
        return set()
    keeper = model.desks[who.window or 0]
    # A program goes on at an open window without sitting there: what it put aside since the last clerk left is its own.
    left_behind = keeper.clerk is None and keeper.since is not None and (who.held_at or 0) <= keeper.since
    if keeper.open and not left_behind:
        return {"held-elsewhere"}
    return set() if who.business in model.serves(at.number) else {"not-here"}


def into_suspended(model: Model, who: Visit, to: str) -> bool:
    """Whether somebody would newly come into a business that takes nobody new."""
    return who.business != to and to in model.suspended


def move_to(model: Model, to: str) -> Callable[[int | None], Change]:
    """Another business at the same place; a tie to a window or clerk that never serves it ends."""

    def then(window: int | None) -> Change:
        def change(v: Visit) -> None:
            model.touch(model.deed(), v, "moved", window)
            moved(model, v, to)

        return change

    return then


def never(model: Model, clerk: str, to: str) -> bool:
    """Whether a clerk does not do this business: not able to, or not at the window where they sit."""
    able = model.hall.profiles.get(PROFILE_OF[clerk] or "")
    sits = [number for number, desk in model.desks.items() if desk.clerk == clerk]
    return (able is not None and to not in able) or any(to not in model.serves(number) for number in sits)


def moved(model: Model, v: Visit, to: str) -> None:
    """The visitor waits for another business from now on."""
    entered, tied = v.entered_at, [w for w in model.hall.windows if v.tie == f"w{w.number}"]
    stranger = any(v.tie == f"c{clerk}" and never(model, clerk, to) for clerk in CLERKS)
    tie = None if stranger or (tied and to not in tied[0].reluctance) else v.tie
    model.enter(v, v.place, max(v.bare, v.place), tie)
    v.business, v.item, v.entered_at = to, None, entered


def _to(model: Model, draw: Draw) -> tuple[Visit | None, str, set[str]]:
    who = visit(model, draw.c, lambda v: v.state == "waiting")
    to = pick(BUSINESSES, draw.d)
    against = wrong_state(who, "waiting")
    if to not in {b.code for b in model.hall.businesses}:
        against.add("unknown-business")
    if who is not None and who.business == to:
        against.add("same-business")
    if who is not None and into_suspended(model, who, to):
        against.add("sent-to-suspended")
    return who, to, against


def move(model: Model, draw: Draw) -> Wanted:
    """Another business for somebody who waits, from a window."""
    at = post(model, draw, lambda *_: True)
    who, to, against = _to(model, draw)
    change = move_to(model, to)(at.number)
    body = says.MoveBody(ticket=id_of(who), business=to)
    return at.act("move", body, against, lambda _: change(sure(who)), f"{name_of(who)} to {to}")


def move_away(model: Model, draw: Draw) -> Wanted:
    """The same by a guide."""
    who, to, against = _to(model, draw)
    return on_ticket(who, "move", says.BusinessBody(business=to), against, move_to(model, to)(None))


def drawn_grounds(luck: int) -> tuple[str, ...]:
    """Grounds for priority: often none, sometimes two, rarely one that the hall does not know."""
    return (
        ()
        if luck % 2
        else tuple(g for bit, g in enumerate(GROUNDS[:3]) if luck >> 2 >> bit & 1)
        + ((GROUNDS[3],) if luck % 32 == 0 else ())
    )


def not_granted(model: Model, grounds: tuple[str, ...], most: str) -> set[str]:
    """What speaks against these grounds when the one who grants may grant so much."""
    known = {c.code: c.granted_by for c in model.hall.classes}
    against = set() if set(grounds) <= set(known) else {"unknown-class"}
    may = {"self": {"self"}, "guide": {"self", "guide"}, "window": {"self", "guide", "window"}}[most]
    return against if all(known.get(g, most) in may for g in grounds) else against | {"may-not-grant"}


def _grade(model: Model, draw: Draw, most: str) -> tuple[Visit | None, tuple[str, ...], set[str]]:
    who = visit(model, draw.c, lambda v: not v.over)
    grounds = drawn_grounds(draw.d)
    against = {"unknown-ticket"} if who is None else {"wrong-state"} if who.over else set()
    new = tuple(g for g in grounds if who is None or g not in who.grounds)
    return who, grounds, against | not_granted(model, new, most) | not_granted(model, grounds, "window")


def _graded(model: Model, grounds: tuple[str, ...], window: int | None) -> Change:
    def change(v: Visit) -> None:
        model.touch(deed := model.deed(), v, "priority-changed", window)
        before, after = model.head_start(v.grounds), model.head_start(grounds)
        if after != before:
            place = max(model.earliest(v.entered_at), min(v.bare, v.entered_at - after))
            # More never puts back, less never brings forward.
            v.place = min(place, v.place) if after > before else max(place, v.place)
        v.grounds = grounds
        if window is None:
            model.told(deed, v)

    return change


def grade(model: Model, draw: Draw) -> Wanted:
    """A clerk says which grounds there are."""
    at = post(model, draw, lambda *_: True)
    who, grounds, against = _grade(model, draw, "window")
    change = _graded(model, grounds, at.number)
    body = says.GradeBody(ticket=id_of(who), priority=list(grounds))
    return at.act("grade", body, against, lambda _: change(sure(who)), f"{name_of(who)} {grounds}")


def grade_away(model: Model, draw: Draw) -> Wanted:
    """A guide says it."""
    who, grounds, against = _grade(model, draw, "guide")
    body = says.GroundsBody(priority=list(grounds))
    return on_ticket(who, "grade", body, against, _graded(model, grounds, None))
