"""Papers at the window: what is missing, what is promised, whose case it is, and how the model sees it."""

from collections.abc import Callable, Sequence
from copy import copy
from datetime import date, timedelta
from typing import NamedTuple

from queue_server import protocol as says
from queue_server.core.business import Item
from queue_server.storage.done import Done
from tests.statemachine.drawing import Draw, Post, Wanted, busy, name_of, pick, post
from tests.statemachine.ending import end
from tests.statemachine.halls import ITEMS, PAPERS
from tests.statemachine.model import Model
from tests.statemachine.visit import Deed, File, Visit

# What was done for a visitor: each item, with its own outcome.
Served = Sequence[tuple[str, str]]


class Filing(NamedTuple):
    """What an act does with a case, and what speaks against it."""

    against: set[str]
    then: Callable[[Deed], None]


def item_of(model: Model, visit: Visit | None, code: str | None) -> Item | None:
    """The item of a visitor's business."""
    found = [b for b in model.hall.businesses if visit is not None and b.code == visit.business]
    return next((item for b in found for item in b.items if item.code == code), None)


def meant(model: Model, visit: Visit) -> str | None:
    """The item a visitor is here for when the clerk names none: as chosen, or of their open case, or the only one."""
    file = visit.case
    if visit.item:
        return visit.item
    if file is not None and file.business == visit.business and file.item and file.closed_at is None:
        return file.item
    found = [item.code for b in model.hall.businesses if b.code == visit.business for item in b.items]
    return found[0] if len(found) == 1 else None


def _own(visit: Visit | None, item: str | None) -> File | None:
    """The case that a visitor came with, where it is of this business and not of another item."""
    file = None if visit is None else visit.case
    if visit is None or file is None or file.business != visit.business:
        return None
    if item and (item != file.item if file.item else file.closed_at is not None):
        return None
    return file


def filed(model: Model, deed: Deed, visit: Visit, item: str | None, clerk: str | None) -> File:
    """The case that a visitor goes on with, or a new one of whoever took the first question."""
    if (file := _own(visit, item)) is not None:
        model.file_deed(deed, file, copy(file))
        file.item = file.item or item
        return file
    file = File(visit.business, item, visit.owner or clerk, model.now)
    model.files.append(file)
    model.file_deed(deed, file, None)
    return file


def _closed(visit: Visit | None, item: str | None) -> set[str]:
    file = _own(visit, item)
    return {"case-closed"} if file is not None and file.closed_at is not None else set()


def accept(model: Model, at: Post, code: str | None) -> Filing | None:
    """An item is accepted: the promise runs from today on."""
    here, item = at.visit, item_of(model, at.visit, code)
    if here is None or item is None or (item.promise_days is None and _own(here, item.code) is None):
        return None

    def then(deed: Deed) -> None:
        _promise(model, filed(model, deed, here, item.code, at.caller.clerk), item)

    return Filing(_closed(here, item.code), then)


def accept_of(model: Model, at: Post, served: Served) -> Filing | None:
    """Of what was done for a visitor one accepted item may have a case; a second one needs a number of its own."""
    codes = dict.fromkeys(code for code, result in served if result == "accepted")
    found = {code: filing for code in codes if (filing := accept(model, at, code)) is not None}
    if (file := _own(at.visit, None)) is not None and file.item is None:
        # It is about nothing yet: about what promises days, else about what comes first.
        items = {code: item_of(model, at.visit, code) for code in found}
        promised = [code for code, item in items.items() if item is not None and item.promise_days is not None]
        found = {code: found[code] for code in promised or [*found][:1]}
    if not found:
        return None
    first = next(iter(found.values()))
    return Filing(first.against | ({"one-case"} if len(found) > 1 else set()), first.then)


def ends_case(model: Model, visit: Visit | None, outcome: str | None, served: Served) -> Callable[[Deed], None] | None:
    """Whoever came with a case and leaves with its matter done leaves it closed; another item is another matter."""
    file = _own(visit, None)
    if file is None or file.closed_at is not None:
        return None
    results = [result for code, result in served if file.item in (None, code)] if served else [outcome]
    if not results or any(each not in ("completed", "certificate-handed-over") for each in results):
        return None

    def then(deed: Deed) -> None:
        model.file_deed(deed, file, copy(file))
        closed(model, file, results[0])

    return then


def closed(model: Model, file: File, outcome: str | None) -> None:
    """Nothing more comes of it."""
    file.closed_at, file.outcome = model.now, outcome
    file.missing, file.return_by, file.stopped_on = (), None, None


def runs_on(model: Model, file: File) -> str | None:
    """The last day of a promise whose clock runs, or would run on now: later by the working days that it stood."""
    if file.stopped_on is None or file.promised_on is None:
        return file.promised_on
    day, stood = date.fromisoformat(file.stopped_on), 0
    while day < model.today():
        day += timedelta(days=1)
        stood += model.works(day)
    return model.working_days_on(date.fromisoformat(file.promised_on), stood).isoformat()


def _promise(model: Model, file: File, item: Item) -> None:
    file.missing, file.return_by = (), None
    file.promised_on, file.stopped_on = runs_on(model, file), None
    if file.promised_on is None and item.promise_days is not None:
        file.promised_on = model.working_days_on(model.today(), item.promise_days).isoformat()


def papers_missing(model: Model, draw: Draw) -> Wanted:
    """All that is missing is told at once, and the visitor comes back with it."""
    at, code, missing, against = _papers(model, draw, promised=False)
    by = None if draw.d % 4 else (model.today() + timedelta(days=draw.d // 4 % 9 - 1)).isoformat()
    if by is not None and by < model.day():
        against.add("day-past")

    def then(_: Done) -> None:
        deed, here = model.deed(), at.visit
        assert here is not None
        _ask(model, filed(model, deed, here, code, at.caller.clerk), missing, by)
        end(model, deed, here, at, "papers-missing")

    body = says.PapersMissingBody(item=code, missing=list(missing), return_by=by)
    return at.act("papers-missing", body, against, then, f"{name_of(at.visit)} {code} {missing} by {by}")


def on_promise(model: Model, draw: Draw) -> Wanted:
    """Accepted though a minor paper is missing, which comes before what is promised."""
    at, code, missing, against = _papers(model, draw, promised=True)
    due = model.today() + timedelta(days=pick((1, 1, 1, 0, 2, 3, 8, -1), draw.d >> 2))
    item = item_of(model, at.visit, code)
    if due < model.today():
        against.add("day-past")
    if item is not None and item.promise_days is None:
        against.add("no-promise")
    elif item is not None and at.visit is not None:
        if any(p.code in missing and not p.minor for p in item.papers):
            against.add("paper-not-minor")
        case = _own(at.visit, code)
        said = None if case is None else runs_on(model, case)
        last = said or model.working_days_on(model.today(), item.promise_days or 0).isoformat()
        if due.isoformat() > last:
            against.add("due-too-late")

    def then(_: Done) -> None:
        deed, here = model.deed(), at.visit
        assert here is not None
        assert item is not None
        file = filed(model, deed, here, code, at.caller.clerk)
        _promise(model, file, item)
        _ask(model, file, missing, due.isoformat())
        end(model, deed, here, at, "accepted-on-promise")

    body = says.OnPromiseBody(item=code, missing=list(missing), due=due.isoformat())
    return at.act("on-promise", body, against, then, f"{name_of(at.visit)} {code} {missing} by {due}")


def _papers(model: Model, draw: Draw, *, promised: bool) -> tuple[Post, str, tuple[str, ...], set[str]]:
    at = post(model, draw, lambda n, d: busy(model)(n, d) and item_of(model, model.at(n), "new") is not None)
    known = [i for b in model.hall.businesses if at.visit and b.code == at.visit.business for i in b.items]
    some = [i for i in known if i.promise_days or not promised] or known
    code = pick([i.code for i in some], draw.c >> 4) if some and draw.c % 8 else pick(ITEMS, draw.c >> 4)
    item = item_of(model, at.visit, code)
    papers = [p.code for p in item.papers if p.minor or draw.d % 4 == 1] if item else []
    missing = tuple(papers) if papers and draw.c % 16 != 1 else (pick(PAPERS, draw.c >> 4),)
    against = set() if at.visit else {"nobody-here"}
    if item is None:
        against.add("unknown-item")
    elif not set(missing) <= {p.code for p in item.papers}:
        against.add("unknown-paper")
    return at, code, missing, against | _closed(at.visit, code)


def _ask(model: Model, file: File, missing: tuple[str, ...], by: str | None) -> None:
    last = model.working_days_on(model.today(), model.hall.settings.return_days).isoformat() if by is None else by
    file.missing, file.return_by = missing, last
